"""Who looked outside the own book is shown to the head of the branch and to the auditor, and to nobody more than they may know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit import services as audit
from crm.audit.models import Event
from customers.looks.reading import outside, report
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def days():
    today = timezone.localdate()
    return today - timedelta(days=30), today


def look(user, customer, times: int = 1, action: str = "customer.read") -> None:
    for _ in range(times):
        audit.record(action, customer, by=user, kind=Event.Kind.READ, customer_id=customer.pk)


def counted(reader, days) -> dict[str, tuple[int, int, int, int]]:
    return {
        each.person.username: (each.customers, each.outside, each.looks_outside, each.revealed_outside)
        for each in report(reader, *days)
    }


def test_a_look_is_outside_where_neither_book_nor_branch_is_the_own(
    own, other, manager, teller, head, auditor, days
) -> None:
    colleague = CustomerFactory(branch=own.customer.branch)  # of the branch, and of no book
    for customer in (own.customer, other.customer, colleague):
        for person in (manager, teller, head):
            look(person, customer, 2)
    look(manager, other.customer, action="contact.revealed")
    assert counted(auditor, days) == {"manager": (3, 2, 5, 1), "teller": (3, 1, 2, 0), "head": (3, 1, 2, 0)}


def test_a_head_sees_the_persons_of_the_own_branch_and_no_name_that_is_out_of_reach(
    own, other, manager, manager2, head, days
) -> None:
    near = CustomerFactory(name="王近", branch=own.customer.branch)
    look(manager, near)
    look(manager, other.customer)
    look(manager2, own.customer)
    assert set(counted(head, days)) == {"manager"}
    found = outside(head, manager, *days)
    assert [(each.customer, each.looks) for each in found] == [(None, 1), (near, 1)]


def test_what_was_told_of_and_what_was_written_is_no_look(own, other, manager, auditor, days) -> None:
    look(manager, other.customer, action="customer.told_of")
    audit.record("customer.changed", other.customer, by=manager, customer_id=other.customer.pk)
    assert counted(auditor, days) == {}


def test_only_the_days_that_are_asked_for_count(other, manager, auditor, days) -> None:
    look(manager, other.customer)
    assert counted(auditor, days) == {"manager": (1, 1, 1, 0)}
    early = days[0] - timedelta(days=30)
    assert report(auditor, early, days[0]) == []


def test_the_page_leads_to_the_customers_and_is_exported(other, manager, auditor, signed_in, queries) -> None:
    look(manager, other.customer, 3)
    browser = signed_in(auditor)
    with queries("looks"):
        page = browser.get("/looks/").content.decode()
    assert str(manager) in page and f"/looks/{manager.pk}/" in page
    person = browser.get(f"/looks/{manager.pk}/").content.decode()
    assert other.customer.number in person
    sheet = browser.get("/looks/?export=csv")
    assert (
        b"".join(sheet.streaming_content if sheet.streaming else [sheet.content])
        .decode("utf-8-sig")
        .count(str(manager))
        == 1
    )


def test_days_that_are_none_are_said_beside_the_field(auditor, signed_in, api) -> None:
    page = signed_in(auditor).get("/looks/", {"since": "2026-02-30", "through": "2026-01-01"}).content.decode()
    assert "Enter a valid date" in page
    wrong = {"since": "2026-03-01", "through": "2026-02-01"}
    assert "The first day is after the last one" in signed_in(auditor).get("/looks/", wrong).content.decode()
    assert api(auditor).get("/api/v1/looks/", wrong).status_code == 400


def test_over_rest_the_same_is_said(other, manager, auditor, api) -> None:
    look(manager, other.customer, 3)
    (said,) = api(auditor).get("/api/v1/looks/").json()["results"]
    assert (said["person"], said["branch"], said["outside"], said["looks_outside"]) == (
        "manager",
        manager.branch.code,
        1,
        3,
    )
