"""Documents that end and reviews that come due are tasks, once, until they are renewed or concluded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from customers.documents.services import renew_document
from customers.models import Customer, KycReview
from managers.models import Task
from managers.todo.services import open_tasks
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 1, tzinfo=UTC)
TODAY = date(2026, 4, 1)


def found() -> list[tuple[str, str, str]]:
    return list(Task.objects.order_by("pk").values_list("kind", "about", "state"))


def test_a_document_that_ends_within_ninety_days_is_one_task_and_settles_when_it_is_renewed(own, manager) -> None:
    soon = DocumentFactory(customer=own.customer, valid_until=TODAY + timedelta(days=90))
    DocumentFactory(customer=own.customer, passport=True, valid_until=TODAY + timedelta(days=91))
    DocumentFactory(customer=own.customer, replaced=True, type="taiwan_permit", valid_until=TODAY)
    for _ in range(2):
        open_tasks(as_of=NOW)
    assert found() == [("document_expiring", str(soon.pk), "open")]
    task = Task.objects.get()
    assert task.due_on == soon.valid_until
    assert str(task) == "Resident identity card ended on 30 Jun 2026: ask for the new one."  # the tests run later
    assert manager.notifications.get().text == "1 document of your customers ends soon or has ended."

    renew_document(document=soon, valid_until=None, by=manager, at=NOW)
    open_tasks(as_of=NOW)
    assert found() == [("document_expiring", str(soon.pk), "done")]


def test_what_has_ended_is_due_today(own) -> None:
    DocumentFactory(customer=own.customer, valid_until=TODAY - timedelta(days=9))
    open_tasks(as_of=NOW)
    assert Task.objects.get().due_on == TODAY


def test_a_review_is_a_task_on_its_day_and_a_case_is_nobodys(own) -> None:
    review = KycReviewFactory(customer=own.customer, due_on=TODAY)
    KycReviewFactory(customer=own.customer, case=True, due_on=TODAY)
    open_tasks(as_of=NOW - timedelta(days=1))
    assert found() == []
    open_tasks(as_of=NOW)
    assert found() == [("kyc_due", str(review.pk), "open")]
    assert str(Task.objects.get()) == "KYC review due on 1 Apr 2026 (risk: Medium)"

    KycReview.objects.filter(pk=review.pk).update(state="done", begun_at=NOW, concluded_at=NOW, conclusion="keep")
    open_tasks(as_of=NOW)
    assert found() == [("kyc_due", str(review.pk), "done")]


def test_who_left_wants_nothing(own) -> None:
    DocumentFactory(customer=own.customer, valid_until=TODAY)
    KycReviewFactory(customer=own.customer, due_on=TODAY)
    Customer.objects.filter(pk=own.customer.pk).update(status="closed")
    open_tasks(as_of=NOW)
    assert found() == []
    Customer.objects.filter(pk=own.customer.pk).update(status="active")
    open_tasks(as_of=NOW)
    Customer.objects.filter(pk=own.customer.pk).update(status="deceased")
    open_tasks(as_of=NOW)
    assert {state for _, _, state in found()} == {"done"}
