"""The waiver ledger: entries, and totals that equal what a click on them lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.keyset import COUNT_CAP
from crm.base.pages import Empty, ListPage
from segmentation.filters import WaiverFilter
from segmentation.models import WaiverEntry
from segmentation.sums import totals
from segmentation.tables import WaiverTable


class WaiverList(ListPage):
    permission = "waivers:read"
    title = _("Waivers")
    fragment_name = "segmentation/_ledger.html"
    queryset = WaiverEntry.objects.select_related("customer", "account", "tier", "charge__fee", "posting")
    filterset_class = WaiverFilter
    table_class = WaiverTable
    ordering_fields = {"charged_on": "charged_on", "number": "number"}
    ordering = "-number"
    empty = Empty(
        _("No fee has been waived yet"), _("The night writes an entry for each charge of a tier that is spared.")
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Totals of more than 10,000 entries are summed when they are asked for: no page sums a whole bank unasked."""
        context = super().get_context_data(**kwargs)
        is_long = context["count"] > COUNT_CAP and self.request.GET.get("totals") != "1"
        return context | {"totals": [] if is_long else totals(self.rows), "is_long": is_long}
