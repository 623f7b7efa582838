"""A gift above the cap of a year needs a second pair of eyes.

Content: {"customer": number, "kind", "what", "amount": "1200.00", "given_on": "2026-03-04", "event": id or null}.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from managers.gifts.services import ABOVE, record_gift, refuse_gift
from managers.models import Event, Gift
from segmentation.rules.sentences import money

NAMES = {"customer", "kind", "what", "amount", "given_on", "event"}


def _read(content: Any) -> dict[str, Any]:
    """What the verb takes."""
    if not isinstance(content, dict) or set(content) != NAMES:
        raise RuleBroken(
            _("This holds %(names)s and nothing else.") % {"names": ", ".join(sorted(NAMES))}, field="content"
        )
    for name in ("customer", "kind", "what", "amount", "given_on"):
        if not isinstance(content[name], str) or not content[name].isprintable():
            raise RuleBroken(_("A text belongs here."), field=name)
    return {
        "customer": _customer(content),
        "kind": content["kind"],
        "what": content["what"],
        "amount": _amount(content["amount"]),
        "given_on": _day(content["given_on"]),
        "event": _event(content["event"]),
    }


def _customer(content: Any) -> Customer:
    found = Customer.objects.unmerged().filter(number=content.get("customer")).first()
    if found is None:
        raise RuleBroken(_("There is no such customer."), field="customer")
    return found


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount.adjusted() > 15:
        raise RuleBroken(_("An amount belongs here."), field="amount")
    return amount


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleBroken(_("A date belongs here."), field="given_on") from None


def _event(key: Any) -> Event | None:
    if key is None:
        return None
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**62
    found = Event.objects.filter(pk=key).first() if is_key else None
    if found is None:
        raise RuleBroken(_("There is no such event."), field="event")
    return found


def _validate(content: Any) -> None:
    refuse_gift(**_read(content), at=timezone.now())


def _in_reach(content: Any, by: User) -> None:
    customer = _read(content)["customer"]
    if not Customer.objects.open_to(by).filter(pk=customer.pk).exists():
        raise RuleBroken(_("There is no such customer."), field="customer")


def _apply(proposal: Proposal, by: User) -> Gift:
    return record_gift(**_read(proposal.content), by=proposal.maker, at=timezone.now(), proposal=proposal)


def _sentences(proposal: Proposal) -> tuple[str, str]:
    said = _read(proposal.content)
    year, currency = said["given_on"].year, settings.CRM_BASE_CURRENCY
    given = Gift.objects.given([said["customer"].pk], year).get(said["customer"].pk, Decimal(0))
    words = {
        "customer": said["customer"],
        "what": said["what"],
        "amount": money(said["amount"], currency),
        "given": money(given, currency),
        "year": year,
        "cap": money(Decimal(settings.CRM_GIFT_CAP), currency),
    }
    return (
        _("%(customer)s is given: %(what)s, %(amount)s.") % words,
        _("In %(year)s the customer was given %(given)s so far; the cap is %(cap)s.") % words,
    )


GIFT_ABOVE_CAP = Kind(
    ABOVE, gettext_lazy("Gift above the cap"), validate=_validate, apply=_apply, sentences=_sentences,
    cost=lambda content, effect: (_amount(content["amount"]), settings.CRM_BASE_CURRENCY),
    customers=lambda content: [_customer(content).pk], may_propose=_in_reach,
    makers=frozenset({User.Role.MANAGER, User.Role.HEAD}), names_customers=True,
)  # fmt: skip
