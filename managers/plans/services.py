"""Verbs on plans: drawn up, changed, looked back at, closed."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.services.versions import locked
from managers.models import CustomerPlan, PlanReview, Task
from managers.plans.keeping import for_change, record, required, save_version
from managers.plans.reckoning import half_a_year_after, share_of, standing_of
from managers.plans.refusing import refuse_customer, refuse_plan
from managers.todo.services import put_down

CHANGEABLE = ("until", "needs", "wallet", "currency", "wallet_source")


@transaction.atomic
def draw_up(*, customer: Customer, until: date, by: User, at: datetime, **said: Any) -> CustomerPlan:
    """From today. `said` are needs, wallet, currency and wallet_source. Raises RuleBroken."""
    customer, today = locked(customer, None), timezone.localdate(at)
    refuse_customer(customer, today)
    plan = CustomerPlan(
        customer=customer, since=today, until=until, review_on=half_a_year_after(today), made_by=by, made_at=at,
        **{"currency": settings.CRM_BASE_CURRENCY} | _known(said),
    )  # fmt: skip
    refuse_plan(plan, today)
    plan.save()
    record("plan.drawn_up", plan, by=by, until=str(until))
    return plan


@transaction.atomic
def change_plan(*, plan: CustomerPlan, by: User, at: datetime, version: int | None = None, **said: Any) -> CustomerPlan:
    """What is not said stays."""
    plan = for_change(plan, version)
    changed = {name: value for name, value in _known(said).items() if getattr(plan, name) != value}
    for name, value in changed.items():
        setattr(plan, name, value)
    refuse_plan(plan, timezone.localdate(at))
    if "until" in changed and plan.goals.filter(dropped_at=None, due_on__gt=plan.until).exists():
        raise RuleBroken(_("A goal is due after that day: drop it first."), field="until")
    if changed:
        save_version(plan, *changed)
        record("plan.changed", plan, by=by, fields=sorted(changed))
    return plan


@transaction.atomic
def close_plan(*, plan: CustomerPlan, reason: str, by: User, at: datetime, version: int | None = None) -> CustomerPlan:
    """What is open of it stays as it was, and its tasks end; another plan may follow."""
    actions = map(str, plan.actions.filter(state="open").values_list("pk", flat=True))
    tasks = Task.objects.locked_about(Task.Kind.PLAN_ACTION, *actions) + _reviews(plan)
    plan = for_change(plan, version)
    plan.closed_at, plan.closed_by, plan.closed_because = at, by, required(reason)
    save_version(plan, "closed_at", "closed_by", "closed_because")
    record("plan.closed", plan, by=by)
    for task in tasks:
        put_down(task, state=Task.State.DISMISSED, remark=plan.closed_because, by=by, at=at)
    return plan


@transaction.atomic
def look_back(*, plan: CustomerPlan, words: str, by: User, at: datetime, version: int | None = None) -> PlanReview:
    """Once a day, for good, which is what its task asks; the next one is due half a year later."""
    tasks, plan, today = _reviews(plan), for_change(plan, version), timezone.localdate(at)
    if plan.reviews.filter(on=today).exists():
        raise RuleBroken(_("A review of today is on record."), code="same")
    standing = standing_of(plan.customer)
    review = PlanReview(
        plan=plan, on=today, words=required(words, field="words"), balance=standing.balance, currency=standing.currency,
        share=share_of(plan, standing.balance_in(plan.currency)), by=by, at=at,
    )  # fmt: skip
    review.save()
    plan.review_on = half_a_year_after(today)
    save_version(plan, "review_on")
    record("plan.reviewed", plan, by=by, next_on=str(plan.review_on))
    for task in tasks:
        put_down(task, state=Task.State.DONE, by=by, at=at)
    return review


def _reviews(plan: CustomerPlan) -> list[Task]:
    """The task of the review that is due next, where there is one."""
    return Task.objects.locked_about(Task.Kind.PLAN_REVIEW, f"{plan.pk}:{plan.review_on}")


def _known(said: dict[str, Any]) -> dict[str, Any]:
    if unknown := said.keys() - set(CHANGEABLE):
        raise TypeError(f"a plan has no {', '.join(sorted(unknown))} to say")
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
