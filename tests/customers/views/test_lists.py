import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.audit.models import Event
from crm.identity.models import User
from customers import lists
from tests.factories import CustomerFactory, TransactionFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def text(response) -> str:
    return response.content.decode()


def test_the_list_shows_the_own_book_and_nobody_else(own: Story, other: Story, desk: Client) -> None:
    page = text(desk.get("/customers/"))
    assert "张伟" in page
    assert "Zhang Wei" in page
    assert "李娜" not in page


@pytest.mark.parametrize("q", ["zw", "张伟", "zhangwei", "1001"])
def test_the_box_above_the_list_finds_by_any_spelling(own: Story, desk: Client, manager: User, q: str) -> None:
    CustomerFactory(name="李娜", manager=manager, number="9")
    rows = text(desk.get("/customers/", {"q": q}, **HTMX))
    assert "张伟" in rows
    assert "李娜" not in rows
    assert "<html" not in rows


def test_the_list_is_exported_in_reach_only_and_recorded(own: Story, other: Story, desk: Client) -> None:
    lines = b"".join(desk.get("/customers/?export=csv")).decode()
    assert "1001" in lines
    assert "2002" not in lines
    assert Event.objects.get(kind=Event.Kind.EXPORT).action == "customer.exported"


def test_a_head_filters_by_a_manager_of_the_own_branches_only(own: Story, other: Story, head: User, signed_in) -> None:
    page = text(signed_in(head).get("/customers/"))
    assert "李娜" not in page
    assert "Manager2" not in page


def test_transactions_are_those_of_the_customer_s_accounts(own: Story, other: Story, desk: Client) -> None:
    TransactionFactory(account=own.account, number="mine", description="Salary")
    page = text(desk.get(f"/customers/{own.customer.pk}/transactions/"))
    assert "Salary" in page
    assert other.account.number not in page


def test_the_own_contacts_are_listed(own: Story, other: Story, desk: Client) -> None:
    page = text(desk.get("/interactions/"))
    assert "张伟" in page
    assert "李娜" not in page


def test_the_box_of_the_frame_finds_customers_in_reach(own: Story, other: Story, desk: Client) -> None:
    hits = text(desk.get("/search/", {"q": "zw"}, **HTMX))
    assert "张伟" in hits
    assert "李娜" not in text(desk.get("/search/", {"q": "李娜"}, **HTMX))


def test_the_sheet_of_filters_is_remembered_for_those_who_reach_the_same(own: Story, head: User, signed_in) -> None:
    with CaptureQueriesContext(connection) as first:
        sheet = text(signed_in(head).get("/customers/"))
    with CaptureQueriesContext(connection) as second:
        again = text(signed_in(head).get("/customers/"))
    assert len(second) < len(first)
    assert 'name="status"' in sheet and 'name="status"' in again


def test_a_chosen_filter_is_shown_as_chosen_and_by_nobody_else(own: Story, head: User, signed_in) -> None:
    browser = signed_in(head)
    chosen = '<option value="active" selected>'
    assert chosen not in text(browser.get("/customers/"))
    assert chosen in text(browser.get("/customers/?status=active"))
    assert chosen not in text(browser.get("/customers/"))


def test_a_sheet_holds_no_names_of_another_reach(
    own: Story, other: Story, head: User, auditor: User, signed_in
) -> None:
    assert f'value="{other.customer.branch.code}"' in text(signed_in(auditor).get("/customers/"))
    assert f'value="{other.customer.branch.code}"' not in text(signed_in(head).get("/customers/"))


def test_a_sheet_speaks_the_reader_s_language(own: Story, desk: Client) -> None:
    english = text(desk.get("/customers/", headers={"Accept-Language": "en"}))
    chinese = text(desk.get("/customers/", headers={"Accept-Language": "zh-hans"}))
    assert "Prospect" in english and "Prospect" not in chinese


def test_only_that_there_are_too_many_to_count_is_remembered(monkeypatch) -> None:
    monkeypatch.setattr(lists, "COUNT_CAP", 3)
    numbers = iter([2, 3, 4, 1])
    assert [lists.counted("reach", lambda: next(numbers)) for _ in range(5)] == [2, 3, 4, 4, 4]
