"""The waiver ledger: entries, and totals that equal what a click on them lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.keyset import COUNT_CAP
from crm.base.pages import Empty, ListPage
from segmentation.filters import WaiverFilter
from segmentation.models import WaiverEntry
from segmentation.tables import WaiverTable
from segmentation.waivers import totals


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
        """Totals of at most 10,000 entries: a longer list is narrowed first, and no page sums a whole bank."""
        context = super().get_context_data(**kwargs)
        is_long = context["count"] > COUNT_CAP
        return context | {"totals": [] if is_long else totals(self.rows), "is_long": is_long}
