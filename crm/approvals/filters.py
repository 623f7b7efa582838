import django_filters
from django.utils.translation import gettext_lazy as _

from crm.approvals.kinds import kinds
from crm.approvals.models import Proposal
from crm.base.filters import FilterSet


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.name, str(kind.label)) for kind in kinds().values()]


class ProposalFilter(FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)
    made_on = django_filters.DateFromToRangeFilter(label=_("Made"))
    maker = django_filters.CharFilter(label=_("Maker"), field_name="maker__username")

    class Meta:
        model = Proposal
        fields = ["status", "kind"]
