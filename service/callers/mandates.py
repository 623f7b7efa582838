"""Powers of attorney: noted from the paper, and revoked."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.services.versions import locked
from service.callers.keeping import note_caller
from service.models import Mandate


@transaction.atomic
def note_mandate(
    *, customer: Customer, name: str, phone: str, scopes: Sequence[str], since: date, until: date, paper: str, by: User,
    at: datetime, email: str = "",
) -> Mandate:  # fmt: skip
    """Who may speak for the customer, for what, and until the day before `until`, by a paper that the bank has. Raises RuleBroken."""
    customer = locked(customer, None)
    _refuse(name, scopes, since, until, paper, timezone.localdate(at))
    holder = note_caller(name=name, phone=phone, email=email, by=by, at=at)
    if holder.customer_id == customer.pk:
        raise RuleBroken(_("Nobody needs a power of attorney for themselves."), field="name")
    others = Mandate.objects.filter(customer=customer, holder=holder, ended_at=None)
    if others.filter(since__lt=until, until__gt=since).exists():
        raise RuleBroken(_("They may speak for this customer on some of these days already."), field="since")
    mandate = Mandate.objects.create(
        customer=customer, holder=holder, scopes=sorted(set(scopes)), since=since, until=until, paper=paper.strip(),
        noted_by=by, noted_at=at,
    )  # fmt: skip
    told: dict[str, Any] = {"holder": str(holder), "scopes": mandate.scopes, "until": until.isoformat()}
    audit.record("mandate.noted", mandate, by=by, customer_id=customer.pk, **told)
    return mandate


def _refuse(name: str, scopes: Sequence[str], since: date, until: date, paper: str, today: date) -> None:
    if not name.strip():
        raise RuleBroken(_("Whom does the paper name?"), field="name", code="required")
    if not paper.strip():
        raise RuleBroken(_("Which paper says so?"), field="paper", code="required")
    if not scopes or set(scopes) - set(Mandate.Scope.values):
        raise RuleBroken(_("Say for what they may speak."), field="scopes", code="required")
    if until <= since:
        raise RuleBroken(_("It ends after it begins."), field="until")
    if until <= today:
        raise RuleBroken(_("It is over already."), field="until")


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: User, at: datetime) -> Mandate:
    """Revoked from now on."""
    mandate = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    if mandate.ended_at is not None:
        raise RuleBroken(_("It was revoked already."), code="ended")
    mandate.ended_at, mandate.ended_by = at, by
    mandate.save(update_fields=["ended_at", "ended_by"])
    audit.record("mandate.ended", mandate, by=by, customer_id=mandate.customer_id)
    return mandate
