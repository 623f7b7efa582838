"""What all verbs on plans do: lock the version that was read, count the next one, note it in the trail."""

from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE
from managers.models import CustomerPlan


def for_change(plan: CustomerPlan, version: int | None) -> CustomerPlan:
    plan = CustomerPlan.objects.for_change(plan)
    refuse_merged(plan.customer)
    if version is not None and plan.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    if not plan.is_open:
        raise RuleBroken(_("This plan is closed."), code="closed")
    return plan


def save_version(plan: CustomerPlan, *names: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*names, "version"])


def required(text: str, *, field: str = "reason") -> str:
    if not text.strip():
        raise RuleBroken(_("Say why.") if field == "reason" else _("Say what."), field=field, code="required")
    return text.strip()


def record(action: str, plan: CustomerPlan, *, by: User, **told: Any) -> None:
    """Figures and codes; no free words, for they outlive the customer."""
    audit.record(action, plan, by=by, customer_id=plan.customer_id, **told)
