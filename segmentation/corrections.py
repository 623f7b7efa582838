"""Waivers by hand and reversals as proposals: whoever looks after the customer asks, somebody else says yes.

Content of `manual_waiver`: {"customer": number, "charge": number, "amount": "3.00"}, and where it is for something of an upper app,
{"for": "complaint:17"}; of `waiver_reversal`: {"customer":
number, "entry": number of the ledger}. The proposal's reason is the entry's.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Content, Cost, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import FeeCharge
from segmentation.exceptions import asked_in_reach, customer_of, known
from segmentation.models import WaiverEntry
from segmentation.policies import CAP
from segmentation.purposes import purpose_of
from segmentation.rules.sentences import money
from segmentation.services.by_hand import check_reversal, check_waiver, reverse, waive_by_hand

MAKERS = frozenset({User.Role.MANAGER, User.Role.HEAD, User.Role.TELLER})
KEYS = ("customer", "charge", "amount")
# approved together with others of the kind, up to this amount
SMALL = Decimal(50)


def charge_of(content: Content) -> FeeCharge:
    rows = FeeCharge.objects.select_related("account", "fee")
    found = rows.filter(number=str(content["charge"])).first()
    if found is None:  # said as of another customer's, so that nobody learns which numbers there are
        raise RuleBroken(_("This fee is not the customer's."), field="charge")
    return found


def amount_of(content: Content) -> Decimal:
    written = content["amount"]
    if not isinstance(written, str) or not CAP.fullmatch(written):
        raise RuleBroken(_('an amount as a string, such as "30.00", belongs here.'), field="amount")
    return Decimal(written)


def entry_of(content: Content) -> WaiverEntry:
    """Of the customer whom the content names."""
    number = content["entry"]
    rows = WaiverEntry.objects.select_related("charge__fee", "customer").filter(customer__number=content["customer"])
    found = rows.filter(number=number).first() if isinstance(number, int) and not isinstance(number, bool) else None
    if found is None:
        raise RuleBroken(_("The customer has no such entry in the ledger."), field="entry")
    return found


def validate(content: Any) -> None:
    known(content, (*KEYS, "for") if purpose_of(content) else KEYS)
    check_waiver(charge=charge_of(content), customer=customer_of(content), amount=amount_of(content))


def asked_for(content: Any, by: User) -> None:
    asked_in_reach(content, by)
    if purpose := purpose_of(content):
        purpose.check(content, by)


def subject(content: Content) -> int | None:
    purpose = purpose_of(content)
    return purpose.subject(content) if purpose else None


def made(proposal: Proposal) -> None:
    if purpose := purpose_of(proposal.content):
        purpose.made(proposal)


def apply(proposal: Proposal, by: User) -> WaiverEntry:
    content = proposal.content
    return waive_by_hand(
        charge=charge_of(content),
        customer=customer_of(content),
        amount=amount_of(content),
        reason=proposal.reason,
        by=by,
        proposal=proposal,
    )


def base(content: Content, effective_from: Any) -> str:
    """Another waiver of the charge meanwhile overtakes the proposal."""
    charge = charge_of(content)
    return f"fee_charge:{charge.number}:{charge.waived}"


def sentences(proposal: Proposal) -> tuple[str, str]:
    charge, amount = charge_of(proposal.content), amount_of(proposal.content)
    currency = charge.account.currency
    said = {
        "customer": customer_of(proposal.content), "fee": charge.fee, "day": said_day(charge.charged_on),
        "amount": money(amount, currency), "of": money(charge.amount, currency),
    }  # fmt: skip
    return (
        _("%(customer)s is spared %(amount)s of the fee %(fee)s of %(day)s.") % said,
        _("The fee was %(of)s.") % said,
    )


def cost(content: Content, effect: Effect) -> Cost | None:
    return amount_of(content), charge_of(content).account.currency


def customers(content: Content) -> Iterable[int]:
    return [customer_of(content).pk]


def validate_reversal(content: Any) -> None:
    known(content, ("customer", "entry"))
    check_reversal(entry_of(content))


def apply_reversal(proposal: Proposal, by: User) -> WaiverEntry:
    return reverse(entry=entry_of(proposal.content), reason=proposal.reason, by=by, proposal=proposal)


def base_of_reversal(content: Content, effective_from: Any) -> str:
    entry = entry_of(content)
    return f"waiver:{entry.number}:{entry.reversals.count()}"


def sentences_of_reversal(proposal: Proposal) -> tuple[str, str]:
    entry = entry_of(proposal.content)
    said = {
        "customer": entry.customer, "fee": entry.charge.fee, "day": said_day(entry.charged_on),
        "amount": money(entry.waived, entry.currency), "number": entry.number,
    }  # fmt: skip
    return (
        _("Entry %(number)s is taken back: %(customer)s, %(fee)s of %(day)s.") % said,
        _("%(amount)s are to be paid again.") % said,
    )


def cost_of_reversal(content: Content, effect: Effect) -> Cost | None:
    entry = entry_of(content)
    return -entry.waived, entry.currency


KINDS = (
    Kind(
        "manual_waiver", gettext_lazy("Waiver by hand"), validate=validate, apply=apply, sentences=sentences, base=base,
        cost=cost, customers=customers, may_propose=asked_for, subject=subject, made=made, makers=MAKERS, names_customers=True,
        is_kept_from_subject=True, small_up_to=SMALL,
    ),
    Kind(
        "waiver_reversal", gettext_lazy("Reversal of a waiver"), validate=validate_reversal, apply=apply_reversal,
        sentences=sentences_of_reversal, base=base_of_reversal, cost=cost_of_reversal, customers=customers,
        may_propose=asked_in_reach, makers=MAKERS, names_customers=True,
    ),
)  # fmt: skip
