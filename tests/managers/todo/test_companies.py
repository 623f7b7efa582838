"""What ends with a company within 60 days, and what moved more than it should, is a task, once; it ends by itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from customers.companies.services import correct
from customers.duplicates.services import merge_customers
from customers.models import FigureKind
from managers.models import Task
from managers.todo.services import open_tasks
from tests.factories import (
    CompanyFigureFactory,
    CreditLimitFactory,
    CustomerFactory,
    GuaranteeFactory,
    RenewalFactory,
)
from tests.factories.changes import ChangeFactory, ChangeRuleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
TODAY = timezone.localdate(NOW)


@pytest.fixture
def firm(manager):
    return CustomerFactory(company=True, manager=manager, branch=manager.branch)


def told(kind="renewal"):
    open_tasks(as_of=NOW)
    open_tasks(as_of=NOW)
    return [str(task) for task in Task.objects.open().filter(kind=kind).order_by("due_on", "pk")]


def test_what_ends_within_60_days_is_a_task_of_the_manager(firm, manager) -> None:
    RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=60))
    RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=61))
    RenewalFactory(customer=firm, due_on=TODAY - timedelta(days=3), what="Fire insurance", kind="insurance")
    CreditLimitFactory(customer=firm, until=TODAY + timedelta(days=10))
    CreditLimitFactory(customer=firm, until=TODAY)
    GuaranteeFactory(customer=firm, until=TODAY + timedelta(days=20))
    assert told() == [
        "To be renewed by 27 Feb 2026: Insurance, Fire insurance.",
        "The credit limit “Working capital” of 5,000,000.00 CNY ends on 12 Mar 2026.",
        "The guarantee (Surety) of 2,000,000.00 CNY ends on 22 Mar 2026.",
        "To be renewed by 1 May 2026: Licence, Business licence.",
    ]
    assert "4 renewals of companies are due." in list(manager.notifications.values_list("text", flat=True))


def test_what_was_renewed_or_ends_later_after_all_leaves_nothing_to_do(firm) -> None:
    licence = RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=5))
    limit = CreditLimitFactory(customer=firm, until=TODAY + timedelta(days=5))
    assert len(told()) == 2
    correct(licence, done_on=TODAY, by="test", at=NOW)
    correct(limit, until=TODAY + timedelta(days=400), by="test", at=NOW)
    assert told() == []


def test_a_renewal_that_is_due_on_another_day_is_another_task(firm) -> None:
    licence = RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=5))
    told()
    correct(licence, due_on=TODAY + timedelta(days=30), by="test", at=NOW)
    assert told() == ["To be renewed by 1 Apr 2026: Licence, Business licence."]


def test_a_figure_that_moved_too_much_is_a_task_until_it_is_corrected(firm) -> None:
    CompanyFigureFactory(customer=firm, since=date(2024, 1, 1), value=Decimal(100))
    fell = CompanyFigureFactory(customer=firm, since=date(2025, 1, 1), value=Decimal(79))
    assert told("figure_alert") == ["Revenue of 2025: \u221221.0 % against the period before."]
    FigureKind.objects.filter(code="revenue").update(falls_by=Decimal("0.3"))
    assert told("figure_alert") == []
    assert Task.objects.get().about == str(fell.pk)


def test_old_periods_and_those_followed_by_another_ask_for_nothing(firm) -> None:
    for year, value in ((2021, 100), (2022, 10), (2024, 100), (2025, 95)):
        CompanyFigureFactory(customer=firm, since=date(year, 1, 1), value=Decimal(value))
    assert told("figure_alert") == []


def test_of_a_company_that_left_nothing_is_to_be_done(firm) -> None:
    FigureKind.objects.filter(code="revenue").update(falls_by=Decimal("0.1"))
    for since, value in ((date(2024, 1, 1), 100), (date(2025, 1, 1), 50)):
        CompanyFigureFactory(customer=firm, since=since, months=12, value=value)
    RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=5))
    assert (len(told()), len(told("figure_alert"))) == (1, 1)
    firm.status = "closed"
    firm.save()
    assert (told(), told("figure_alert")) == ([], [])
    RenewalFactory(customer=firm, due_on=TODAY + timedelta(days=6))
    assert told() == []


def test_what_was_noticed_of_both_records_of_a_customer_is_one_task(manager, east) -> None:
    two = [CustomerFactory(manager=manager, branch=east) for _ in range(2)]
    rule = ChangeRuleFactory()
    for customer in two:
        ChangeFactory(customer=customer, rule=rule, noticed_at=NOW)
    assert len(told("change")) == 2
    merge_customers(survivor=two[0], absorbed=two[1], reason="The same passport", by=manager, at=NOW)
    assert len(told("change")) == 1
    assert Task.objects.open().get(kind="change").about == str(two[0].changes.get().pk)
