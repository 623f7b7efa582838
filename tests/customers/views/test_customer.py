from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from crm.audit.models import Event
from crm.identity.models import User
from customers.models import BalanceMonth, StandingOrder
from tests.factories import AccountFactory, CustomerFactory, InteractionFactory
from tests.people import Story

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("tab", ["overview", "holdings", "changes"])
def test_every_tab_of_a_customer_opens_masked_and_the_look_is_recorded(own: Story, desk: Client, tab: str) -> None:
    page = desk.get(f"/customers/{own.customer.pk}/", {"tab": tab})
    assert "138****5678" in text(page)
    assert "13812345678" not in text(page)
    event = Event.objects.get(kind=Event.Kind.READ)
    assert (event.action, event.data, event.customer_id) == (
        "customer.read", {"what": f"page.{tab}"}, own.customer.pk,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "timeline/", "transactions/", "log/", "change/", "contact/", "status/"])
def test_out_of_reach_is_not_found(other: Story, desk: Client, path: str) -> None:
    assert desk.get(f"/customers/{other.customer.pk}/{path}").status_code == 404


def test_an_unknown_tab_is_not_found(own: Story, desk: Client) -> None:
    assert desk.get(f"/customers/{own.customer.pk}/?tab=nothing").status_code == 404


def test_an_auditor_reads_and_has_nothing_to_change(own: Story, auditor: User, signed_in) -> None:
    client = signed_in(auditor)
    page = text(client.get(f"/customers/{own.customer.pk}/"))
    assert "张伟" in page
    assert f"/customers/{own.customer.pk}/change/" not in page
    for path in "change", "log", "status", "contact", "manager":
        assert client.post(f"/customers/{own.customer.pk}/{path}/").status_code == 403


def test_an_agent_sees_masked_data_and_no_button_to_reveal(own: Story, agent: User, signed_in) -> None:
    client = signed_in(agent)
    page = text(client.get(f"/customers/{own.customer.pk}/"))
    assert "138****5678" in page
    assert f"/customers/{own.customer.pk}/contact/phone/" not in page
    shown = client.post(f"/customers/{own.customer.pk}/contact/phone/", {"reason": "They are calling"})
    assert "+8613812345678" not in text(shown)


def test_the_own_book_s_phone_is_revealed_by_one_post(own: Story, desk: Client) -> None:
    shown = desk.post(f"/customers/{own.customer.pk}/contact/phone/", **HTMX)
    assert "+8613812345678" in text(shown)
    assert Event.objects.filter(action="contact.revealed").count() == 1


def test_looking_at_the_form_reveals_nothing(own: Story, desk: Client) -> None:
    assert "+8613812345678" not in text(desk.get(f"/customers/{own.customer.pk}/contact/phone/"))


def test_an_id_document_is_revealed_after_a_reason(own: Story, desk: Client) -> None:
    address = f"/customers/{own.customer.pk}/contact/national_id/"
    refused = desk.post(address, {"reason": "x"}, **HTMX)
    assert (refused.status_code, "110101199003078515" in text(refused)) == (422, False)
    assert "110101199003078515" in text(desk.post(address, {"reason": "Opening an account"}, **HTMX))


def test_a_kind_of_contact_data_that_is_not_there_is_not_found(own: Story, desk: Client) -> None:
    assert desk.get(f"/customers/{own.customer.pk}/contact/password/").status_code == 404


def test_the_chart_s_title_says_the_answer_and_a_table_stands_behind_it(own: Story, desk: Client) -> None:
    for month, amount in (date(2025, 3, 1), 100), (date(2026, 3, 1), 150):
        BalanceMonth.objects.create(
            account=own.account, month=month, opening=amount, closing=amount,
            day_sum=Decimal(amount) * 31, last_on=month.replace(day=31),
        )  # fmt: skip
    page = text(desk.get(f"/customers/{own.customer.pk}/"))
    assert "The month average rose by 50.0 % in a year, to 150.00 CNY" in page
    assert "As a table" in page


def test_holdings_show_each_account_in_its_currency_and_the_rest(own: Story, desk: Client) -> None:
    dollars = AccountFactory(number="USD-1", currency="USD", holder=own.customer)
    StandingOrder.objects.create(number="SO-1", account=dollars, amount=Decimal("12.50"), purpose="rent")
    page = text(desk.get(f"/customers/{own.customer.pk}/?tab=holdings"))
    for shown in "USD-1", "1001-1", "SO-1", "12.50":
        assert shown in page


def test_more_of_the_timeline_comes_as_a_fragment(own: Story, desk: Client) -> None:
    for _ in range(30):
        InteractionFactory(customer=own.customer, at=timezone.now())
    first = text(desk.get(f"/customers/{own.customer.pk}/timeline/", **HTMX))
    assert first.count('timeline-item"') == 20
    assert "before=" in first


@pytest.mark.parametrize(
    "before",
    [
        *("yesterday", "2026-99-01T00:00:00Z", "2026-01-01T00:00:00"),
        *("9999-12-31T20:00:00Z", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_moment_that_is_none_is_not_found(own: Story, desk: Client, before: str) -> None:
    address = f"/customers/{own.customer.pk}/timeline/"
    assert desk.get(address, {"before": before}).status_code == 404


@pytest.mark.parametrize("path", ["transactions/", "timeline/", "change/", "contact/"])
def test_every_page_that_shows_a_customer_is_a_look(own: Story, desk: Client, path: str) -> None:
    desk.get(f"/customers/{own.customer.pk}/{path}")
    assert Event.objects.get(kind=Event.Kind.READ).customer_id == own.customer.pk


def test_the_page_says_how_long_ago_the_last_contact_was(own: Story, desk: Client) -> None:
    InteractionFactory(customer=own.customer, at=timezone.now() - timedelta(days=3))
    assert "3 days ago" in text(desk.get(f"/customers/{own.customer.pk}/"))


def test_a_step_that_is_overdue_stays_until_a_later_contact_answers_it(own: Story, desk: Client) -> None:
    now = timezone.now()
    missed = timezone.localdate() - timedelta(days=2)
    InteractionFactory(customer=own.customer, at=now - timedelta(days=9), next_on=missed, note="Call about the deposit")
    address = f"/customers/{own.customer.pk}/"
    assert "overdue" in text(desk.get(address))
    InteractionFactory(customer=own.customer, at=now, note="Called")
    assert "Call about the deposit" not in text(desk.get(address))


def test_of_whom_nothing_is_known_the_record_says_so(manager: User, signed_in) -> None:
    bare = CustomerFactory(manager=manager, branch=manager.branch)
    known = CustomerFactory(manager=manager, branch=manager.branch, region="North")
    client = signed_in(manager)

    assert "Nothing is known yet." in client.get(f"/customers/{bare.pk}/").content.decode()
    assert "Nothing is known yet." not in client.get(f"/customers/{known.pk}/").content.decode()
