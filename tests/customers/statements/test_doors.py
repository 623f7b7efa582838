"""The page, the list of prints and REST: one service."""

from base64 import b64decode

import pytest
from django.test import Client

from customers.models import Account, Customer, StatementPrint
from customers.statements.forms import language_of
from tests.people import Story

pytestmark = pytest.mark.django_db
MARCH = {"since": "2026-03-01", "until": "2026-03-31", "language": "en"}


def test_the_page_offers_the_own_accounts_and_the_last_month_and_answers_with_the_pdf(
    own: Story, account: Account, desk: Client, queries, time_machine
) -> None:
    time_machine.move_to("2026-04-15 10:00", tick=False)
    address = f"/customers/{own.customer.pk}/statement/"
    with queries("customer_statement"):
        form = desk.get(address, {"account": account.pk}).context["form"]
    assert (str(form["since"].value()), str(form["until"].value())) == ("2026-03-01", "2026-03-31")
    assert form["account"].value() == str(account.pk)
    answer = desk.post(address, MARCH | {"account": account.pk})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    page = desk.get(address).content.decode()
    assert "6200-01" in page and "Original" in page


def test_a_refused_period_stands_beside_its_field_and_prints_nothing(
    own: Story, account: Account, desk: Client
) -> None:
    answer = desk.post(
        f"/customers/{own.customer.pk}/statement/", MARCH | {"account": account.pk, "until": "2026-02-01"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"until"}
    assert not StatementPrint.objects.exists()


def test_an_account_of_somebody_else_is_no_choice(own: Story, other: Story, desk: Client) -> None:
    answer = desk.post(f"/customers/{own.customer.pk}/statement/", MARCH | {"account": other.account.pk})
    assert answer.context["form"].errors.keys() == {"account"}


def test_holdings_lead_to_the_statement_of_each_owned_account(
    own: Story, account: Account, desk: Client, signed_in, auditor
) -> None:
    link = f"/customers/{own.customer.pk}/statement/?account={account.pk}"
    assert link in desk.get(f"/customers/{own.customer.pk}/?tab=holdings").content.decode()
    assert link not in signed_in(auditor).get(f"/customers/{own.customer.pk}/?tab=holdings").content.decode()


def test_the_list_says_who_printed_what_within_reach(
    own: Story, account: Account, desk: Client, manager2, signed_in, queries
) -> None:
    desk.post(f"/customers/{own.customer.pk}/statement/", MARCH | {"account": account.pk})
    with queries("statements"):
        page = desk.get("/statements/").content.decode()
    assert "S0" in page and "6200-01" in page
    assert "6200-01" not in signed_in(manager2).get("/statements/").content.decode()
    assert "6200-01" not in desk.get("/statements/?is_copy=true").content.decode()


def test_rest_prints_once_and_gives_the_pdf_in_that_answer_alone(own: Story, account: Account, manager, api) -> None:
    client = api(manager)
    asked = {"customer": own.customer.number, "account": "6200-01", "since": "2026-03-01", "until": "2026-03-31"}
    made = client.post("/api/v1/statements/", asked, format="json")
    assert made.status_code == 201, made.json()
    said = made.json()
    assert b64decode(said["pdf"])[:5] == b"%PDF-"
    assert (said["opening"], said["closing"], said["lines"], said["copy"]) == ("100.00", "130.00", 2, 0)
    shown = client.get(f"/api/v1/statements/{said['id']}/").json()
    assert (shown["number"], shown["pdf"]) == (said["number"], None)
    refused = client.post("/api/v1/statements/", asked | {"until": "2026-02-01"}, format="json")
    assert refused.status_code == 409


def test_a_repeated_request_prints_nothing_and_gives_no_second_original(
    own: Story, account: Account, manager, api
) -> None:
    client, key = api(manager), {"Idempotency-Key": "k1"}
    asked = {"customer": own.customer.number, "account": "6200-01", "since": "2026-03-01", "until": "2026-03-31"}
    first, again = (client.post("/api/v1/statements/", asked, format="json", headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["pdf"] and again.json() == first.json() | {"pdf": None}
    assert StatementPrint.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "printed"), [("zh-CN", "zh-hans"), ("zh", "zh-hans"), ("fr", "zh-hans"), ("en", "en"), ("", "zh-hans")]
)
def test_the_customer_s_language_is_known_however_it_is_written(written: str, printed: str, settings) -> None:
    settings.LANGUAGE_CODE = "zh-hans"
    assert language_of(Customer(language=written)) == printed
