"""What of a plan is due is a task; and plans when records are made one, or a customer is erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.duplicates.services import merge_customers, undo_merge
from managers.models import CustomerPlan, Task
from managers.plans.services import close_plan, look_back
from managers.plans.steps import close_action
from managers.todo.services import open_tasks
from tests.factories import CustomerFactory, CustomerPlanFactory, PlanActionFactory

pytestmark = pytest.mark.django_db


def tasks() -> list[tuple[str, str]]:
    return list(Task.objects.filter(kind__startswith="plan_").order_by("pk").values_list("kind", "state"))


def test_an_action_that_is_due_is_a_task_until_it_is_closed(plan, manager):
    now, today = timezone.now(), timezone.localdate()
    soon = PlanActionFactory(plan=plan, who=manager, due_on=today + timedelta(7))
    PlanActionFactory(plan=plan, who=manager, due_on=today + timedelta(8))
    PlanActionFactory(due_on=today, plan__customer__status="closed")
    for _ in range(2):
        open_tasks(as_of=now)
    task = Task.objects.get()
    assert (task.about, task.due_on, task.customer) == (str(soon.pk), soon.due_on, plan.customer)
    assert str(task) == f"From the plan: Invite the treasurer ({manager})"
    assert manager.notifications.get().text == "1 action of a plan is due."
    close_action(action=soon, state="done", by=manager, at=now)
    open_tasks(as_of=now)
    assert tasks() == [("plan_action", "done")]


def test_a_review_is_a_task_a_fortnight_before_and_the_next_one_again(plan, manager):
    now, today = timezone.now(), timezone.localdate()
    CustomerPlan.objects.update(review_on=today + timedelta(15))
    open_tasks(as_of=now)
    assert tasks() == []
    open_tasks(as_of=now + timedelta(1))
    assert tasks() == [("plan_review", "open")]
    look_back(plan=plan, words="On the way", by=manager, at=now)
    open_tasks(as_of=now + timedelta(1))
    assert tasks() == [("plan_review", "done")]
    open_tasks(as_of=now + timedelta(190))
    assert tasks() == [("plan_review", "done"), ("plan_review", "open")]
    close_plan(plan=plan, reason="Sold", by=manager, at=now)
    open_tasks(as_of=now + timedelta(190))
    assert tasks() == [("plan_review", "done")] * 2


def test_plans_go_with_a_merged_record_but_for_a_second_open_one(plan, company, east, manager, head):
    now = timezone.now()
    told = {"kind": "company", "branch": east, "manager": manager}
    one, two = CustomerFactory(**told), CustomerFactory(**told)
    lone, second = CustomerPlanFactory(customer=one), CustomerPlanFactory(customer=two)
    close_plan(plan=plan, reason="Over", by=manager, at=now)
    said = {"survivor": company, "by": head, "at": now, "reason": "The same company twice"}
    merge = merge_customers(absorbed=one, **said)
    lone.refresh_from_db()
    assert lone.customer == company
    assert undo_merge(merge=merge, reason="Two companies after all", by=head, at=now) == []
    lone.refresh_from_db()
    assert lone.customer == one
    CustomerPlanFactory(customer=company)
    merge_customers(absorbed=two, **said)
    second.refresh_from_db()
    assert second.customer == two
