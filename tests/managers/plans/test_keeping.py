"""What of a plan is due is a task; and plans when records are made one, or a customer is erased."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers, undo_merge
from managers.models import CustomerPlan, Task
from managers.plans.services import close_plan, look_back
from managers.plans.steps import close_action
from managers.todo.services import close_task, open_tasks
from tests.at_once import at_once
from tests.factories import CustomerFactory, CustomerPlanFactory, PlanActionFactory, PlanGoalFactory

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
    task.refresh_from_db()
    assert (task.state, task.closed_by) == ("done", manager)


def test_a_review_is_a_task_a_fortnight_before_and_the_next_one_again(plan, manager):
    now, today = timezone.now(), timezone.localdate()
    CustomerPlan.objects.update(review_on=today + timedelta(15))
    open_tasks(as_of=now)
    assert tasks() == []
    open_tasks(as_of=now + timedelta(1))
    assert tasks() == [("plan_review", "open")]
    plan.refresh_from_db()
    look_back(plan=plan, words="On the way", by=manager, at=now)
    assert tasks() == [("plan_review", "done")]
    open_tasks(as_of=now + timedelta(190))
    assert tasks() == [("plan_review", "done"), ("plan_review", "open")]
    plan.refresh_from_db()
    close_plan(plan=plan, reason="Sold", by=manager, at=now)
    assert tasks() == [("plan_review", "done"), ("plan_review", "dismissed")]


@pytest.mark.parametrize(("state", "remark", "becomes"), [("done", "", "done"), ("dismissed", "Not wanted", "dropped")])
def test_closing_the_task_by_hand_closes_the_action(plan, manager, signed_in, state, remark, becomes):
    action = PlanActionFactory(plan=plan, who=manager, due_on=timezone.localdate())
    open_tasks(as_of=timezone.now())
    task, browser = Task.objects.get(), signed_in(manager)
    assert "Its action in the plan ends with it" in browser.get(f"/tasks/{task.pk}/close/").text
    assert browser.post(f"/tasks/{task.pk}/close/", {"state": state, "remark": remark}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.reason, action.closed_by) == (becomes, remark, manager)
    plan.refresh_from_db()
    assert plan.version == 2


def test_dropping_the_action_dismisses_its_task_for_the_same_reason_and_closing_the_plan_all_of_them(plan, manager):
    now = timezone.now()
    first, _second = (PlanActionFactory(plan=plan, who=manager, due_on=timezone.localdate()) for _ in range(2))
    open_tasks(as_of=now)
    close_action(action=first, state="dropped", reason="Not wanted", by=manager, at=now)
    assert list(Task.objects.order_by("pk").values_list("state", "remark")) == [
        ("dismissed", "Not wanted"),
        ("open", ""),
    ]
    close_plan(plan=plan, reason="Sold", by=manager, at=now)
    assert list(Task.objects.order_by("pk").values_list("state", "remark"))[1] == ("dismissed", "Sold")


@pytest.mark.django_db(transaction=True)
def test_the_task_and_its_action_closed_at_once_are_closed_by_one_of_the_two(plan, manager):
    action, now = PlanActionFactory(plan=plan, who=manager, due_on=timezone.localdate()), timezone.now()
    open_tasks(as_of=now)
    task = Task.objects.get()
    (wrong,) = at_once(
        [
            lambda: close_task(task=task, state="dismissed", remark="Not wanted", by=manager, as_of=now),
            lambda: close_action(action=action, state="dropped", reason="Not wanted", by=manager, at=now),
        ]
    )
    assert isinstance(wrong, RuleBroken)
    action.refresh_from_db()
    task.refresh_from_db()
    assert (action.state, task.state) == ("dropped", "dismissed")


def test_a_review_is_done_in_the_plan_and_not_by_closing_its_task(plan, manager, api):
    CustomerPlan.objects.update(review_on=timezone.localdate())
    open_tasks(as_of=timezone.now())
    client, address = api(manager), f"/api/v1/tasks/{Task.objects.get().pk}/"
    match = {"If-Match": client.get(address)["ETag"]}
    refused = client.patch(address, {"state": "done"}, format="json", headers=match)
    assert (refused.status_code, refused.json()["code"]) == (409, "elsewhere")
    said = {"state": "dismissed", "remark": "Company is being sold"}
    assert client.patch(address, said, format="json", headers=match).status_code == 200
    plan.refresh_from_db()
    assert plan.is_open and not plan.reviews.exists()


def test_plans_go_with_a_merged_record(plan, company, east, manager, head):
    now = timezone.now()
    one = CustomerFactory(kind="company", branch=east, manager=manager)
    lone = CustomerPlanFactory(customer=one)
    close_plan(plan=plan, reason="Over", by=manager, at=now)
    said = {"survivor": company, "by": head, "at": now, "reason": "The same company twice"}
    merge = merge_customers(absorbed=one, **said)
    lone.refresh_from_db()
    assert lone.customer == company
    assert undo_merge(merge=merge, reason="Two companies after all", by=head, at=now) == []
    lone.refresh_from_db()
    assert lone.customer == one


@pytest.fixture
def merged(plan, company, east, manager, head):
    """(merge, the plan of the absorbed record, its open action, its done one): both records had an open plan."""
    absorbed = CustomerFactory(kind="company", branch=east, manager=manager)
    second = CustomerPlanFactory(customer=absorbed)
    PlanGoalFactory(plan=second)
    due = PlanActionFactory(plan=second, due_on=timezone.localdate())
    done = PlanActionFactory(plan=second)
    close_action(action=done, state="done", by=manager, at=timezone.now())
    said = {"survivor": company, "absorbed": absorbed, "by": head, "at": timezone.now()}
    return merge_customers(**said, reason="The same company twice"), second, due, done


def test_of_two_open_plans_that_of_the_record_that_stays_goes_on_with_the_actions_of_both(merged, plan, company):
    _merge, second, due, done = merged
    assert CustomerPlan.objects.open().get(customer__in=(company, second.customer)) == plan
    second.refresh_from_db()
    assert (second.customer, second.is_open, second.goals.count()) == (company, False, 1)
    assert (list(plan.actions.all()), list(second.actions.all())) == ([due], [done])
    open_tasks(as_of=timezone.now())
    assert Task.objects.get(kind="plan_action").customer == company


def test_undone_the_second_plan_is_open_again_with_its_actions_as_they_are_by_now(merged, plan, manager, head):
    merge, second, due, done = merged
    open_tasks(as_of=timezone.now())
    due.refresh_from_db()
    close_action(action=due, state="dropped", reason="Sold", by=manager, at=timezone.now())
    assert undo_merge(merge=merge, reason="Two companies after all", by=head, at=timezone.now()) == []
    second.refresh_from_db()
    assert (second.customer_id, second.is_open, second.closed_because) == (merge.absorbed_id, True, "")
    assert set(second.actions.values_list("pk", "state")) == {(due.pk, "dropped"), (done.pk, "done")}
    assert not plan.actions.exists() and Task.objects.get(kind="plan_action").customer_id == merge.absorbed_id
    close_plan(plan=second, reason="Over", by=manager, at=timezone.now())


def test_without_a_merge_no_plan_opens_again_and_no_action_changes_plans(merged, plan):
    _merge, second, due, _done = merged
    again = {"closed_at": None, "closed_by": None, "closed_because": ""}
    for change in (
        lambda: CustomerPlan.objects.filter(pk=second.pk).update(**again),
        lambda: type(due).objects.filter(pk=due.pk).update(plan=CustomerPlanFactory()),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
