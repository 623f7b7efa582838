"""Why a customer stands in a tier."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.pages.access import is_fragment
from segmentation.decisions.views import OfCustomer, answer, day_of


class WhyPage(OfCustomer):
    """`?on=` asks about a day of the past. HTMX gets the panel, the browser the page around it."""

    title = _("Why this tier")
    reads_are_logged = True
    what = "why"

    def get_template_names(self) -> list[str]:
        return ["segmentation/_why.html" if is_fragment(self.request) else "segmentation/why.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = answer(self.object, day_of(self.request.GET.get("on", "")))
        explanation = context["explanation"]
        ruling = explanation.ruling if explanation else None
        may = {
            "may_override": self.may("tier-overrides:write"),
            "ending": ruling.override if ruling and ruling.holds else None,
        }
        return super().get_context_data(**context | may | kwargs)
