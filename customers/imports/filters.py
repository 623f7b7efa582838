import django_filters
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.jobs.models import Run
from customers.imports.forms import kind_choices
from customers.models import ImportBatch


class ImportFilter(FilterSet):
    kind = django_filters.ChoiceFilter(choices=kind_choices, label=_("What is in it"))
    status = django_filters.ChoiceFilter(field_name="run__status", choices=Run.Status.choices, label=_("Status"))

    class Meta:
        model = ImportBatch
        fields = ("kind", "status")
