"""What was held back: nights without a closed feed and whom they held, nights that the breaker stopped and who answered."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, ListPage
from crm.base.pages.access import Text
from crm.jobs.models import Run
from segmentation.safety.filters import HeldFilter, NightFilter
from segmentation.safety.held import counted_for, held_of, tiers_of
from segmentation.safety.tables import HeldTable, NightTable
from segmentation.why import spoken_day

NIGHTS = (
    Run.objects.nights()
    .filter(Q(status=Run.Status.HELD) | Q(stop__isnull=False))
    .select_related("stop__answered_by", "started_by")
)


class HeldBackList(ListPage):
    permission = "held-back:read"
    title = _("Held back")
    queryset = NIGHTS
    scoped = False
    filterset_class = NightFilter
    table_class = NightTable
    ordering_fields = {"business_date": "business_date"}
    ordering = "-business_date"
    empty = Empty(
        _("No night has held anybody back"),
        _("A night without a closed balance feed lowers nobody, and one with too many moves waits for a person."),
        icon="shield-check",
    )

    def table_options(self) -> dict[str, Any]:
        """The count of the whole book is for those who may count it."""
        return {} if self.may("runs:read") else {"exclude": ("held",)}


class HeldNight(ListPage):
    """One night: the moves that stopped it, the tiers that it held, and the customers in reach by name."""

    permission = "held-back:read"
    parents = [(_("Held back"), "held_back")]
    template_name = "segmentation/held_night.html"
    queryset = NIGHTS
    filterset_class = HeldFilter
    table_class = HeldTable
    ordering = ""
    empty = Empty(
        _("Nobody in your reach was held"), _("Customers whom the night held in their tier stand here."), icon="users"
    )

    @cached_property
    def run(self) -> Run:
        return get_object_or_404(NIGHTS, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert self.run
        return super().get(request, *args, **kwargs)

    def get_title(self) -> Text:
        assert self.run.business_date is not None
        return _("Held back in the night of %(day)s") % {"day": spoken_day(self.run.business_date, year=True)}

    def get_queryset(self) -> QuerySet:
        rows = held_of(self.run).visible_to(self.request.user)
        return rows.select_related("customer__branch", "tier_before", "scheme_version")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tiers = tiers_of(counted_for(self.request.user, self.run))
        return super().get_context_data(
            run=self.run,
            stop=getattr(self.run, "stop", None),
            tiers=tiers,
            falls=sum(tier.falls for tier in tiers),
            watches=sum(tier.watches for tier in tiers),
            may_name=self.may("customers:read"),
            may_see_run=self.may("runs:read"),
            **kwargs,
        )
