"""What opportunities put on the page of a customer and into their timeline."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Customer
from customers.timeline import Item, Source
from managers.models import Opportunity, Stage, StageMove
from managers.sales.stages import COLOURS

SHOWN, MOST = 3, 50


def with_opportunities() -> dict[str, Any]:
    """`open_opportunities`: of those expected first, one more than are shown."""
    own = Opportunity.objects.open().filter(customer=OuterRef("pk")).order_by("close_on", "pk")
    said = JSONObject(
        pk="pk", product="product__name", stage="stage", amount=Cast("amount", CharField()), currency="currency", close_on="close_on",
        next_step="next_step",
    )  # fmt: skip
    return {"open_opportunities": ArraySubquery(own.values(said=said)[: SHOWN + 1])}


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    found = customer.open_opportunities  # type: ignore[attr-defined]  # by the annotation
    return {"opportunities": [_line(said) for said in found[:SHOWN]], "has_more": len(found) > SHOWN} if found else None


def _line(said: dict[str, Any]) -> dict[str, Any]:
    """With what a template wants: a day, the label of the stage and its colour."""
    row = Opportunity(stage=said["stage"], close_on=said["close_on"])
    colour, close_on = COLOURS[Stage(row.stage)], datetime.fromisoformat(said["close_on"]).date()
    return said | {"label": row.get_stage_display(), "colour": colour, "is_late": row.is_late, "close_on": close_on}


def _tab(request: Any, customer: Customer) -> dict[str, Any]:
    """One query: the open ones first."""
    rows = Opportunity.objects.filter(customer=customer).select_related("product", "owner")
    found = list(rows.order_by("-closed_at", "close_on", "pk")[:MOST])
    stands = not customer.merged_into_id and customer.status not in Customer.GONE
    return {
        "opportunities": [(row, COLOURS[Stage(row.stage)]) for row in found],
        "may_open": request.user.may("opportunities:write") and stands,
    }


def _moves(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("opportunities:read"):
        return []
    rows = StageMove.objects.of_customer(customer).select_related("by", "opportunity__product")
    if before:
        rows = rows.filter(at__lt=before)
    return [
        Item(
            at=move.at,
            kind="opportunity",
            title=_("Opportunity: %(stage)s") % {"stage": move.get_to_stage_display()},
            text=str(move.opportunity),
            by=str(move.by or ""),
            icon="target-arrow",
            url=reverse("opportunity", args=[move.opportunity_id]),
            meta=move.reason or move.get_lost_reason_display(),
        )
        for move in rows.order_by("-at", "-pk")[:limit]
    ]


NOW = Panel("pipeline", "managers/sales/_now.html", _now, gettext_lazy("Pipeline"), "opportunities:read")
TAB = Panel("pipeline", "managers/sales/_tab.html", _tab, gettext_lazy("Pipeline"), "opportunities:read")
MOVES = Source("opportunity", gettext_lazy("Opportunities"), _moves)
