"""Verbs on what belongs to a plan: goals set and dropped, actions set and closed. Each one makes another version of the plan."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from managers.models import CustomerPlan, PlanAction, PlanGoal, Task
from managers.plans.keeping import for_change, record, required, save_version
from managers.plans.refusing import refuse_day, refuse_goal, refuse_who
from managers.todo.services import put_down

State = PlanAction.State
AS_TASK = {State.DONE: Task.State.DONE, State.DROPPED: Task.State.DISMISSED}


@transaction.atomic
def set_goal(
    *,
    plan: CustomerPlan,
    kind: str,
    due_on: date,
    by: User,
    at: datetime,
    figure: Decimal | None = None,
    currency: str = "",
    words: str = "",
    version: int | None = None,
) -> PlanGoal:
    """A balance without a currency is in that of the plan."""
    plan = for_change(plan, version)
    currency = (currency or plan.currency) if kind == PlanGoal.Kind.BALANCE else ""
    goal = PlanGoal(
        plan=plan, kind=kind, figure=figure, currency=currency, words=words.strip(), due_on=due_on, set_by=by, set_at=at
    )
    refuse_goal(goal)
    goal.save()
    save_version(plan)
    record("plan.goal_set", plan, by=by, goal=str(kind), figure=None if figure is None else str(figure))
    return goal


@transaction.atomic
def drop_goal(*, goal: PlanGoal, reason: str, by: User, at: datetime, version: int | None = None) -> PlanGoal:
    plan = for_change(goal.plan, version)
    goal = plan.goals.get(pk=goal.pk)
    if goal.dropped_at:
        raise RuleBroken(_("This goal was dropped already."), code="dropped")
    goal.dropped_at, goal.dropped_because = at, required(reason)
    goal.save(update_fields=["dropped_at", "dropped_because"])
    save_version(plan)
    record("plan.goal_dropped", plan, by=by, goal=str(goal.kind))
    return goal


@transaction.atomic
def set_action(
    *,
    plan: CustomerPlan,
    what: str,
    due_on: date,
    by: User,
    at: datetime,
    who: User | None = None,
    version: int | None = None,
) -> PlanAction:
    """By whoever is named, else by the customer's manager, else by who says it."""
    plan = for_change(plan, version)
    who = who or plan.customer.manager or by
    refuse_who(who, plan.customer, at)
    refuse_day(due_on, at)
    action = PlanAction(
        plan=plan, what=required(what, field="what"), who=who, due_on=due_on, set_by=by, set_at=at, state=State.OPEN
    )
    action.save()
    save_version(plan)
    record("plan.action_set", plan, by=by, who=who.username, due_on=str(due_on))
    return action


@transaction.atomic
def close_action(
    *, action: PlanAction, state: str, by: User, at: datetime, reason: str = "", version: int | None = None
) -> PlanAction:
    """Done, or dropped for a reason; its task ends with it."""
    tasks = Task.objects.locked_about(Task.Kind.PLAN_ACTION, str(action.pk))
    plan = for_change(action.plan, version)
    action = plan.actions.get(pk=action.pk)
    if action.state != State.OPEN:
        text = _("This action is closed already: %(state)s.") % {"state": action.get_state_display()}
        raise RuleBroken(text, code="closed")
    if state not in AS_TASK:
        raise RuleBroken(_("An action is done or dropped."), field="state")
    action.state, action.closed_at, action.closed_by = State(state), at, by
    action.reason = required(reason) if state == State.DROPPED else reason.strip()
    action.save(update_fields=["state", "closed_at", "closed_by", "reason"])
    save_version(plan)
    record("plan.action_closed", plan, by=by, state=str(state))
    for task in tasks:
        put_down(task, state=AS_TASK[action.state], remark=action.reason, by=by, at=at)
    return action


def follow_task(*, task: Task, by: User, at: datetime) -> None:
    """After somebody closed the task: the action is done, or dropped for the same reason."""
    action = PlanAction.objects.select_related("plan").get(pk=task.about)
    if action.state == State.OPEN and action.plan.is_open:
        state = State.DONE if task.state == Task.State.DONE else State.DROPPED
        close_action(action=action, state=state, reason=task.remark, by=by, at=at)
