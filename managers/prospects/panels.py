from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from managers.models import Prospect


def with_prospect() -> dict[str, Any]:
    """`prospect_said`: of the record's prospect its key, stage and next step, or None."""
    own = Prospect.objects.filter(customer=OuterRef("pk"))
    said = JSONObject(pk="pk", stage="stage", next_step="next_step", next_on="next_on")
    return {"prospect_said": Subquery(own.values(said=said))}


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    if customer.status != Customer.Status.PROSPECT or customer.merged_into_id:
        return None
    said = customer.prospect_said  # type: ignore[attr-defined]  # by the annotation
    may_write = request.user.may("prospects:write")
    if said is None:
        return {"prospect": None} if may_write else None
    on = date.fromisoformat(said["next_on"]) if said["next_on"] else None
    return {"prospect": said | {"next_on": on, "label": Prospect.Stage(said["stage"]).label}, "may_write": may_write}


NOW = Panel("prospect", "managers/prospects/_now.html", _now, gettext_lazy("Prospect"), "prospects:read")
