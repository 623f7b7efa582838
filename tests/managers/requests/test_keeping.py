"""What the customer keeps to is looked at by the nights; what ends or is broken is a task."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from managers.models import ConditionCheck, Task
from managers.requests.services import check_conditions
from managers.todo.services import open_tasks
from segmentation.models import Published
from tests.factories import ConditionFactory, ResourceRequestFactory, RunFactory
from tests.managers.staff.test_scorecard import average

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 5, 1, tzinfo=UTC)


def checks() -> list[tuple[date, Decimal, bool]]:
    return list(ConditionCheck.objects.order_by("on").values_list("on", "figure", "is_kept"))


def test_a_month_average_is_looked_at_at_each_whole_months_end_while_the_grant_holds(own):
    granted = {"customer": own.customer, "decided_at": datetime(2026, 3, 31, 15, tzinfo=UTC)}  # 23:00 in the bank
    request = ResourceRequestFactory(granted=True, valid_until=date(2026, 5, 31), **granted)
    ConditionFactory(request=request, amount=Decimal(500))
    ConditionFactory(request=ResourceRequestFactory(customer=own.customer), amount=Decimal(500))  # not granted
    for day, amount in (((2026, 3, 31), "1"), ((2026, 4, 30), "500"), ((2026, 5, 31), "499.99"), ((2026, 6, 30), "1")):
        average(own.customer, date(*day), amount)
    for _ in range(2):
        check_conditions(as_of=NOW)
    assert checks() == [(date(2026, 4, 30), Decimal(500), True), (date(2026, 5, 31), Decimal("499.99"), False)]


def test_what_ends_within_thirty_days_is_a_task_until_another_grant_of_the_same_holds_for_longer(own, manager):
    ends = {"customer": own.customer, "granted": True}
    soon = ResourceRequestFactory(valid_until=date(2026, 7, 5), **ends)
    ResourceRequestFactory(valid_until=date(2026, 7, 6), **ends)
    ResourceRequestFactory(valid_until=date(2026, 6, 4), **ends)
    open_tasks(as_of=NOW)
    task = Task.objects.get()
    assert (task.about, task.due_on, task.kind) == (str(soon.pk), date(2026, 7, 5), "resource_end")
    assert manager.notifications.get().text == "1 grant ends within 30 days."
    ResourceRequestFactory(product=soon.product, valid_until=date(2026, 8, 1), **ends)
    open_tasks(as_of=NOW)
    assert Task.objects.get(about=str(soon.pk)).state == "done"


def test_a_condition_that_was_not_kept_is_a_task_with_the_figures(own):
    request = ResourceRequestFactory(customer=own.customer, granted=True, valid_until=date(2027, 1, 1))
    condition = ConditionFactory(request=request, amount=Decimal(500))
    told = {"condition": condition, "checked_at": NOW}
    ConditionCheck.objects.create(on=date(2026, 4, 30), figure=Decimal(900), is_kept=True, **told)
    ConditionCheck.objects.create(on=date(2026, 5, 31), figure=Decimal(100), is_kept=False, **told)
    for _ in range(2):
        open_tasks(as_of=NOW)
    task = Task.objects.get()
    assert (task.about, task.due_on) == (f"{condition.pk}:2026-05-31", date(2026, 6, 5))
    assert str(task) == "Not kept on 31 May 2026: Month average of at least, 500.00 CNY; it was 100.00 CNY."
    open_tasks(as_of=NOW + timedelta(days=300))
    assert Task.objects.get().state == "done"


def test_new_money_is_the_balance_less_that_of_the_grant_at_the_first_published_day_from_its_own_on(own):
    request = ResourceRequestFactory(customer=own.customer, granted=True, baseline=Decimal(100))
    ConditionFactory(request=request, kind="inflow", amount=Decimal(50), due_on=date(2026, 5, 20))
    run = RunFactory(business_date=date(2026, 5, 19))
    Published.objects.create(business_date=run.business_date, slot=0, run=run)
    with connection.cursor() as cursor:
        told = [own.customer.pk, Decimal(150)]
        cursor.execute(
            "INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (0, %s, 'CNY', %s)", told
        )
    check_conditions(as_of=NOW)
    assert checks() == []
    Published.objects.update(business_date=date(2026, 5, 21))
    check_conditions(as_of=NOW)
    assert checks() == [(date(2026, 5, 20), Decimal(50), True)]
