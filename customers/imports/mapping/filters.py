import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.imports.forms import kind_choices
from customers.models import ImportProfile


class ImportProfileFilter(FilterSet):
    kind = django_filters.ChoiceFilter(choices=kind_choices, label=_("What is in it"))
    name = django_filters.CharFilter(label=_("Name of the profile"))

    class Meta:
        model = ImportProfile
        fields = ("kind", "name")
