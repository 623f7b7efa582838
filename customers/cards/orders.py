"""Verbs on card orders: ordered, printed, handed over, cancelled."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.cards.names import can_be_embossed
from customers.cards.numbers import refuse_card_number
from customers.cards.stock import move, own_branch
from customers.models import (
    Account,
    AccountHolder,
    BlankMovement,
    BlankStock,
    CardDesign,
    CardOrder,
    Customer,
    Flag,
    Product,
    Spoilage,
)
from customers.services.versions import locked

# callables (customer, design, day) -> a sentence that refuses, or ""
SLOT = "card.refusal"
Refusal = Callable[[Customer, CardDesign, date], str]
CARRIES = (Product.Family.DEPOSIT, Product.Family.CARD)
FORBIDS = (Flag.Kind.COURT_FREEZE, Flag.Kind.FRAUD_CASE)
GETS = (Customer.Status.ACTIVE, Customer.Status.DORMANT)


@transaction.atomic
def order_card(
    *,
    customer: Customer,
    account: Account,
    design: CardDesign,
    embossed_name: str,
    is_confirmed: bool,
    by: User,
    at: datetime,
) -> CardOrder:
    """At the branch of `by`, which prints it. `is_confirmed`: the customer has read the name as it will stand there."""
    branch, day = own_branch(by), timezone.localdate(at)
    customer = locked(customer, None)
    _refuse_customer(customer, account, day)
    name = " ".join(embossed_name.upper().split())
    if not can_be_embossed(name):
        text = _("A name has 2 to 26 Latin capitals, blanks, and the signs . - ' /")
        raise RuleBroken(text, field="embossed_name", code="embossed_name")
    if not is_confirmed:
        raise RuleBroken(_("The customer reads the name and confirms it first."), field="is_confirmed")
    _refuse_design(customer, design, day)
    try:
        with transaction.atomic():
            order = CardOrder.objects.create(
                customer=customer,
                account=account,
                design=design,
                embossed_name=name,
                branch=branch,
                ordered_at=at,
                ordered_by=by,
            )
    except IntegrityError as error:
        if "card_order_one_open" in str(error):
            raise RuleBroken(_("Such a card is on order already."), field="design", code="duplicate") from None
        raise
    audit.record("card.ordered", order, by=by, account=account.number, design=design.code, branch=branch.code)
    return order


def _refuse_customer(customer: Customer, account: Account, day: date) -> None:
    if customer.status not in GETS:
        raise RuleBroken(_("A customer with this status gets no card."), field="customer")
    if flag := Flag.objects.holding(day).filter(customer=customer, kind__in=FORBIDS).first():
        raise RuleBroken(_("No card is made: %(flag)s.") % {"flag": flag}, field="customer", code="flag")
    holds = AccountHolder.objects.filter(customer=customer, account=account).exists()
    is_open = account.closed_on is None or account.closed_on > day
    if not holds or not is_open or account.product.family not in CARRIES:
        text = _("A card hangs on an open deposit or card account of the customer.")
        raise RuleBroken(text, field="account", code="account")


def _refuse_design(customer: Customer, design: CardDesign, day: date) -> None:
    if not design.is_offered:
        raise RuleBroken(_("This card is no longer offered."), field="design")
    refusals: list[Refusal] = contributions(SLOT)
    for refuse in refusals:
        if text := refuse(customer, design, day):
            raise RuleBroken(text, field="design")


@transaction.atomic
def print_card(*, order: CardOrder, last_four: str, core_reference: str, by: User, at: datetime) -> CardOrder:
    """Takes a blank. The core gave the printer the number: of it the last four digits come here, and no more."""
    order = _at_counter(order, by, CardOrder.State.ORDERED, at=at)
    refuse_card_number(core_reference, field="core_reference")
    if len(last_four) != 4 or not last_four.isascii() or not last_four.isdigit():
        raise RuleBroken(_("The last four digits alone."), field="last_four", code="last_four")
    stock = BlankStock.objects.for_change(order.branch, order.design)
    move(stock=stock, kind=BlankMovement.Kind.USED, change=-1, by=by, at=at, order=order)
    order.state, order.printed_at, order.printed_by = CardOrder.State.PRINTED, at, by
    order.last_four, order.core_reference = last_four, core_reference.strip()
    return _saved(order, "card.printed", by, "printed_at", "printed_by", "last_four", "core_reference")


@transaction.atomic
def hand_over(*, order: CardOrder, slip: str, by: User, at: datetime) -> CardOrder:
    """Against a signature: `slip` is the number of the paper that the customer signed."""
    order = _at_counter(order, by, CardOrder.State.PRINTED, at=at)
    refuse_card_number(slip, field="slip")
    if Spoilage.objects.standing().filter(order=order).exists():
        raise RuleBroken(_("This card was reported spoilt."), code="spoilt")
    if not slip.strip():
        raise RuleBroken(_("Which slip did the customer sign?"), field="slip", code="required")
    order.state, order.slip, order.closed_at, order.closed_by = CardOrder.State.HANDED_OVER, slip.strip(), at, by
    return _saved(order, "card.handed_over", by, "slip", "closed_at", "closed_by")


@transaction.atomic
def cancel_order(*, order: CardOrder, reason: str, by: User, at: datetime) -> CardOrder:
    """Before it is printed; a printed card that is not to be used is spoilt."""
    order = _at_counter(order, by, CardOrder.State.ORDERED)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    order.state, order.reason, order.closed_at, order.closed_by = CardOrder.State.CANCELLED, reason.strip(), at, by
    return _saved(order, "card.cancelled", by, "reason", "closed_at", "closed_by")


def _at_counter(order: CardOrder, by: User, state: str, *, at: datetime | None = None) -> CardOrder:
    """Locked; with a moment, together with the customer, who must still be one that gets a card."""
    if at is not None:
        customer = locked(order.customer, None)
        _refuse_customer(customer, order.account, timezone.localdate(at))
    order = CardOrder.objects.for_change(order)
    if order.branch_id != own_branch(by).pk:
        raise RuleBroken(
            _("This card is made at another branch: %(branch)s.") % {"branch": order.branch}, code="branch"
        )
    if order.state != state:
        raise RuleBroken(_("This card is %(state)s.") % {"state": order.get_state_display()}, code="state")
    return order


def _saved(order: CardOrder, action: str, by: User, *fields: str) -> CardOrder:
    order.version += 1
    order.save(update_fields=["state", "version", *fields])
    audit.record(action, order, by=by, last_four=order.last_four, reason=order.reason, slip=order.slip)
    return order
