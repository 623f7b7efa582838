"""Verbs on targets: set by a head, changed until the period is over."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.money import minor_unit, rounded
from crm.identity.models import Branch, Team, User
from customers.models import Product
from customers.services.versions import STALE
from managers.models import Target
from managers.targets.querysets import branches_headed, teams_seen

MOST = Decimal(10) ** 15
Kind = Target.Kind


@transaction.atomic
def set_target(
    *,
    kind: str,
    since: date,
    until: date,
    amount: Decimal,
    by: User,
    at: datetime,
    manager: User | None = None,
    team: Team | None = None,
    branch: Branch | None = None,
    product: Product | None = None,
) -> Target:
    """Of one of manager, team and branch, from `since` to before `until`. Raises RuleBroken."""
    _refuse_whom(manager, team, branch, by)
    if kind not in Kind.values:
        raise RuleBroken(_("There is no such kind of target."), field="kind")
    if product and kind not in Target.OF_PRODUCTS:
        raise RuleBroken(_("Only what is sold has a target per product."), field="product")
    if until <= max(since, timezone.localdate(at)):
        raise RuleBroken(_("The period ends after it begins, and not before tomorrow."), field="until")
    _refuse_amount(kind, amount)
    target = Target(
        kind=kind, manager=manager, team=team, branch=branch, product=product, since=since, until=until, amount=amount,
        currency=settings.CRM_BASE_CURRENCY if kind in Target.MONEY else "", set_by=by, set_at=at,
    )  # fmt: skip
    same = {name: getattr(target, name) for name in ("kind", "manager", "team", "branch", "product", "since", "until")}
    if Target.objects.filter(**same).exists():
        raise RuleBroken(_("There is a target of this already: change that one."), field="kind", code="same")
    target.save()
    _record("target.set", target, by=by)
    return target


@transaction.atomic
def change_target(*, target: Target, amount: Decimal, by: User, at: datetime, version: int | None = None) -> Target:
    target = Target.objects.for_change(target)
    _refuse_whom(target.manager, target.team, target.branch, by)
    if version is not None and target.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    if target.until <= timezone.localdate(at):
        raise RuleBroken(_("The period is over: its target stays."), code="over")
    _refuse_amount(target.kind, amount)
    before = target.amount
    target.amount, target.version = amount, target.version + 1
    target.save(update_fields=["amount", "version"])
    _record("target.changed", target, by=by, before=str(before))
    return target


def _refuse_whom(manager: User | None, team: Team | None, branch: Branch | None, by: User) -> None:
    """Somebody of the branches that `by` heads."""
    if by.role != User.Role.HEAD:
        raise RuleBroken(_("A branch head sets targets."), code="role")
    if sum(each is not None for each in (manager, team, branch)) != 1:
        raise RuleBroken(_("A target is of a manager, of a team or of a branch: say one."), field="manager")
    headed = branches_headed(by)
    if manager and (manager.role != User.Role.MANAGER or manager.branch not in headed):
        raise RuleBroken(_("%(user)s is no manager of your branches.") % {"user": manager}, field="manager")
    if branch and branch not in headed:
        raise RuleBroken(_("This is none of your branches."), field="branch")
    if team and team not in teams_seen(by):
        raise RuleBroken(_("This is no team of your branches."), field="team")


def _refuse_amount(kind: str, amount: Decimal) -> None:
    currency = settings.CRM_BASE_CURRENCY
    if not 0 < amount < MOST:
        raise RuleBroken(_("An amount above zero belongs here."), field="amount")
    if kind not in Target.MONEY and amount != amount.to_integral_value():
        raise RuleBroken(_("A whole number belongs here."), field="amount")
    if amount != rounded(amount, currency):
        words = {"currency": currency, "digits": minor_unit(currency)}
        raise RuleBroken(_("%(currency)s has at most %(digits)s decimals.") % words, field="amount")


def _record(action: str, target: Target, *, by: User, before: str = "") -> None:
    told: dict[str, Any] = {"what": target.kind, "amount": str(target.amount), "before": before}
    audit.record(action, target, by=by, since=str(target.since), until=str(target.until), **told)
