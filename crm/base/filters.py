"""Filters whose labels speak the language of whoever looks, and not of whoever looked first."""

from functools import partial

import django_filters
from django.utils.functional import lazy
from django_filters.utils import label_for_filter


class FilterSet(django_filters.FilterSet):
    """The parent of all filter sets.

    django-filter words a label once and keeps it, and the schema asks for the labels of the class itself: the first
    reader's language would then be everybody's.
    """

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        model = cls._meta.model
        for each in filters.values():
            if model is not None and each._label is None:
                wording = partial(label_for_filter, model, each.field_name, each.lookup_expr, each.exclude)
                each._label = lazy(wording, str)()
        return filters
