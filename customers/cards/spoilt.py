"""Verbs on spoilt cards: reported and confirmed; a report that was wrong is taken back, and what had left is put back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.cards.stock import ELSEWHERE, is_over, move, own_stock, record, refuse_quantity, tell_heads
from customers.models import BlankMovement, BlankStock, CardOrder, Spoilage

Kind = BlankMovement.Kind


@transaction.atomic
def report_spoilt(
    *, stock: BlankStock, quantity: int, reason: str, by: User, at: datetime, order: CardOrder | None = None
) -> Spoilage:
    """Blanks of the own stock, or the printed card of an order. It counts once a second person has confirmed it."""
    stock, reason = own_stock(stock, by), _said(reason, _("Say what happened to them."))
    refuse_quantity(quantity)
    if order is not None:
        order = CardOrder.objects.for_change(order)
        if order.state != CardOrder.State.PRINTED or Spoilage.objects.standing().filter(order=order).exists():
            raise RuleBroken(_("This card is %(state)s.") % {"state": order.get_state_display()}, code="state")
    elif quantity + _waiting(stock) > stock.balance:
        raise RuleBroken(_("So many blank cards are not there."), field="quantity")
    spoilage = Spoilage.objects.create(
        stock=stock, order=order, quantity=quantity, reason=reason, reported_at=at, reported_by=by
    )
    _record("blanks.spoilt_reported", spoilage, by, reason=reason)
    return spoilage


@transaction.atomic
def confirm_spoilt(*, spoilage: Spoilage, by: User, at: datetime) -> Spoilage:
    """By another person of the branch, or a head above it, who has seen them. A spoilt card that was printed is no longer a
    used blank."""
    spoilage, stock = _locked(spoilage, by)
    if spoilage.taken_back_at is not None:
        raise RuleBroken(_("This was taken back."))
    if spoilage.confirmed_at is not None:
        raise RuleBroken(_("This is confirmed already."))
    if spoilage.reported_by_id == by.pk:
        raise RuleBroken(_("A second person confirms what was spoilt."), code="four_eyes")
    order = spoilage.order
    if order is None:
        _refuse_counted(spoilage)
    else:
        order = CardOrder.objects.for_change(order)
        move(stock=stock, kind=Kind.USED, change=1, by=by, at=at, order=order, spoilage=spoilage)
        order.state, order.reason, order.closed_at, order.closed_by = CardOrder.State.SPOILT, spoilage.reason, at, by
        order.version += 1
        order.save(update_fields=["state", "reason", "closed_at", "closed_by", "version"])
        audit.record("card.spoilt", order, by=by, reason=order.reason)
    movement = move(
        stock=stock, kind=Kind.SPOILT, change=-spoilage.quantity, by=by, at=at, spoilage=spoilage,
        remark=spoilage.reason,
    )  # fmt: skip
    spoilage.confirmed_at, spoilage.confirmed_by = at, by
    spoilage.save(update_fields=["confirmed_at", "confirmed_by"])
    of = order.customer_id if order else None
    record("blanks.spoilt", movement, by, customer_id=of, order=str(order or ""))
    return spoilage


@transaction.atomic
def take_back(*, spoilage: Spoilage, reason: str, by: User, at: datetime) -> Spoilage:
    """A report that was wrong: before it is confirmed by whoever reported it, or a head, and nothing had moved. Confirmed blanks
    come back once a second person puts them back; a confirmed card stays spoilt, its order is closed."""
    spoilage, _stock = _locked(spoilage, by)
    reason = _said(reason, _("Say what was wrong with the report."))
    if spoilage.taken_back_at is not None:
        raise RuleBroken(_("This was taken back."))
    if spoilage.confirmed_at is not None:
        _refuse_gone(spoilage)
    elif by.pk != spoilage.reported_by_id and by.role != User.Role.HEAD:
        raise RuleBroken(_("Whoever reported it takes it back, or a head."), code="reporter")
    spoilage.taken_back_at, spoilage.taken_back_by, spoilage.taken_back_reason = at, by, reason
    spoilage.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    _record("blanks.spoilt_taken_back", spoilage, by, reason=reason)
    return spoilage


@transaction.atomic
def put_back(*, spoilage: Spoilage, by: User, at: datetime) -> Spoilage:
    """Blanks that two people found spoilt by mistake are in the stock again: a second person has seen them there."""
    spoilage, stock = _locked(spoilage, by)
    if spoilage.taken_back_at is None or spoilage.confirmed_at is None:
        raise RuleBroken(_("Nothing is to be put back here."))
    if spoilage.put_back_at is not None:
        raise RuleBroken(_("These are put back already."))
    if spoilage.taken_back_by_id == by.pk:
        raise RuleBroken(_("A second person puts back what was not spoilt."), code="four_eyes")
    _refuse_gone(spoilage)
    movement = move(
        stock=stock, kind=Kind.PUT_BACK, change=spoilage.quantity, by=by, at=at, spoilage=spoilage,
        remark=spoilage.taken_back_reason,
    )  # fmt: skip
    spoilage.put_back_at, spoilage.put_back_by = at, by
    spoilage.save(update_fields=["put_back_at", "put_back_by"])
    record("blanks.put_back", movement, by)
    tell_heads(movement, _("%(n)s blank cards were not spoilt and are put back.") % {"n": spoilage.quantity})
    return spoilage


def _locked(spoilage: Spoilage, by: User) -> tuple[Spoilage, BlankStock]:
    """Both as they are now, of the branch of `by` or for a head one below it."""
    spoilage = Spoilage.objects.for_change(spoilage)
    stock = spoilage.stock
    if not is_over(by, stock.branch):
        raise RuleBroken(ELSEWHERE, code="branch")
    return spoilage, BlankStock.objects.for_change(stock.branch, stock.design)


def _refuse_counted(spoilage: Spoilage) -> None:
    """What was counted since it was reported is without it already."""
    later = BlankMovement.objects.filter(stock=spoilage.stock_id, kind=Kind.COUNTED, at__gt=spoilage.reported_at)
    if later.exists():
        raise RuleBroken(_("These blank cards were counted since: take the report back."), code="counted")


def _refuse_gone(spoilage: Spoilage) -> None:
    if spoilage.order_id is not None:
        raise RuleBroken(_("A card that two people found spoilt is not used again: order another one."), code="closed")
    if not Spoilage.objects.uncounted().filter(pk=spoilage.pk).exists():
        text = _("The blank cards were counted since then: what was found is what there is.")
        raise RuleBroken(text, code="counted")


def _waiting(stock: BlankStock) -> int:
    """Blanks that were reported spoilt and that nobody has confirmed yet."""
    rows = Spoilage.objects.unconfirmed().filter(stock=stock, order=None)
    return rows.aggregate(all=Sum("quantity", default=0))["all"]


def _said(reason: str, refusal: str) -> str:
    if not reason.strip():
        raise RuleBroken(refusal, field="reason", code="required")
    return reason.strip()


def _record(action: str, spoilage: Spoilage, by: User, **said: Any) -> None:
    stock = spoilage.stock
    where: dict[str, Any] = {
        "design": stock.design.code,
        "branch": stock.branch.code,
        "order": str(spoilage.order or ""),
    }
    of = spoilage.order.customer_id if spoilage.order else None
    audit.record(action, spoilage, by=by, customer_id=of, quantity=spoilage.quantity, **where, **said)
