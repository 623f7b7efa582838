"""Verbs on blank cards: received, sent, counted. Every one of them is a movement that stays."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from crm.identity.services import notify
from customers.models import BlankMovement, BlankStock, CardDesign

Kind = BlankMovement.Kind
MOST = 100_000
ELSEWHERE = gettext_lazy("These blank cards lie at another branch.")


def own_branch(by: User) -> Branch:
    if by.role not in (User.Role.TELLER, User.Role.HEAD) or by.branch is None:
        raise RuleBroken(_("Cards are made by the staff of a branch."), code="branch")
    return by.branch


def is_over(by: User, branch: Branch) -> bool:
    """Whether it is the branch of `by`, or for a head one below it."""
    own = own_branch(by)
    return own.pk == branch.pk or (by.role == User.Role.HEAD and branch.path.startswith(own.path))


def move(*, stock: BlankStock, kind: str, change: int, by: User, at: datetime, **more: Any) -> BlankMovement:
    """Into or out of a stock that is locked. The database carries the balance, and never lets it fall below zero."""
    if stock.balance + change < 0:
        text = _("There are %(left)s blank cards of this design at %(branch)s.")
        raise RuleBroken(text % {"left": stock.balance, "branch": stock.branch}, code="empty")
    movement = BlankMovement.objects.create(stock=stock, kind=kind, change=change, by=by, at=at, **more)
    movement.refresh_from_db(fields=["balance_after"])
    stock.balance = movement.balance_after
    return movement


@transaction.atomic
def receive_blanks(
    *, design: CardDesign, quantity: int, by: User, at: datetime, remark: str = "", sent: BlankMovement | None = None
) -> BlankMovement:
    """At the branch of `by`: from the maker, with the delivery note as remark; or a lot that another branch has sent,
    where another number than was sent needs a word."""
    branch, remark = own_branch(by), remark.strip()
    refuse_quantity(quantity, least=0 if sent else 1)
    if sent is not None and sent.stock.design_id != design.pk:
        raise RuleBroken(_("This lot is of another card: %(design)s.") % {"design": sent.stock.design}, field="design")
    # a movement never changes, so it can't be locked: who receives a lot waits for the stock that it goes into
    stock = BlankStock.objects.for_change(branch, design)
    if sent is not None:
        sent = BlankMovement.objects.get(pk=sent.pk)
        if sent.kind != Kind.SENT or sent.to_id != branch.pk or BlankMovement.objects.filter(answers=sent).exists():
            raise RuleBroken(_("This lot is not on its way to your branch."), field="sent")
        if quantity != -sent.change and not remark:
            said = {"sent": -sent.change, "received": quantity}
            raise RuleBroken(_("%(sent)s were sent, %(received)s arrived: say why.") % said, field="remark")
    elif not remark:
        raise RuleBroken(_("Name the delivery note."), field="remark", code="required")
    movement = move(stock=stock, kind=Kind.RECEIVED, change=quantity, by=by, at=at, answers=sent, remark=remark)
    missing = -sent.change - quantity if sent else 0
    record("blanks.received", movement, by, missing=missing)
    if missing:
        tell_heads(movement, _("%(missing)s blank cards did not arrive.") % {"missing": missing})
    return movement


@transaction.atomic
def send_blanks(*, stock: BlankStock, to: Branch, quantity: int, by: User, at: datetime) -> BlankMovement:
    """They are the other branch's once it has received them."""
    stock = own_stock(stock, by)
    refuse_quantity(quantity)
    if to.pk == stock.branch_id:
        raise RuleBroken(_("They are at this branch already."), field="to")
    movement = move(stock=stock, kind=Kind.SENT, change=-quantity, by=by, at=at, to=to)
    record("blanks.sent", movement, by, to=to.code)
    return movement


@transaction.atomic
def count_blanks(*, stock: BlankStock, counted: int, by: User, at: datetime, remark: str = "") -> BlankMovement:
    """What was found takes the place of what should be there; a difference needs a word, and the heads hear of it."""
    stock, remark = own_stock(stock, by), remark.strip()
    refuse_quantity(counted, least=0, field="counted")
    difference = counted - stock.balance
    if difference and not remark:
        said = {"left": stock.balance, "counted": counted, "difference": f"{difference:+}"}
        text = _("%(left)s should be there, %(counted)s were counted (%(difference)s): say why.")
        raise RuleBroken(text % said, field="remark", code="difference")
    movement = move(stock=stock, kind=Kind.COUNTED, change=difference, by=by, at=at, remark=remark)
    record("blanks.counted", movement, by, counted=counted)
    if difference:
        tell_heads(movement, _("Counting blank cards found a difference of %(n)s.") % {"n": f"{difference:+}"})
    return movement


def own_stock(stock: BlankStock, by: User) -> BlankStock:
    if stock.branch_id != own_branch(by).pk:
        raise RuleBroken(ELSEWHERE, code="branch")
    return BlankStock.objects.for_change(stock.branch, stock.design)


def refuse_quantity(quantity: int, least: int = 1, field: str = "quantity") -> None:
    if not least <= quantity <= MOST:
        raise RuleBroken(_("A number from %(least)s to %(most)s.") % {"least": least, "most": MOST}, field=field)


def record(action: str, movement: BlankMovement, by: User, **data: Any) -> None:
    stock = movement.stock
    said: dict[str, Any] = {"design": stock.design.code, "branch": stock.branch.code, "change": movement.change}
    audit.record(action, movement, by=by, left=movement.balance_after, remark=movement.remark, **said, **data)


def tell_heads(movement: BlankMovement, text: str) -> None:
    branch = movement.stock.branch
    above = [code for code in branch.path.split("/") if code]
    heads = User.objects.filter(role=User.Role.HEAD, is_active=True, branch__code__in=above)
    notify(users=heads, text=f"{branch}: {text}", url=reverse("card_stock", args=[movement.stock_id]), at=movement.at)
