"""The page and the endpoint of a customer as of a past day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from crm.audit.models import Event
from customers.models import Customer
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    ConsentFactory,
    CustomerFactory,
    ExchangeRateFactory,
    FlagFactory,
    HouseholdMemberFactory,
)
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
BANK = (("mass", None, 0), ("gold", "200000", 3))


def text(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.fixture
def gold(manager) -> Customer:
    """Gold since 1 February, by the average of January."""
    policy(*BANK)
    customer = customer_with({date(2026, 1, 1): "250000"}, number="7", manager=manager, branch=manager.branch)
    nights(date(2026, 1, 31), date(2026, 2, 2))
    return customer


def test_the_page_tells_the_tier_the_holdings_and_the_total_of_the_day(gold, desk, signed_in, manager, queries):
    dollars = AccountFactory(holder=gold, currency="USD", opened_on=date(2026, 1, 1))
    BalanceFactory(account=dollars, on=date(2026, 1, 31), amount=Decimal("100"))
    ExchangeRateFactory(currency="USD", on=date(2026, 1, 31), rate=Decimal("7"))

    with queries("customer_as_of"):
        page = text(desk.get(f"/customers/{gold.pk}/as-of/?on=2026-01-31"))
    assert "250,700.00" in page and "1 USD = 7.00000 CNY" in page
    assert "Mass since 31 January 2026" in page

    answer = desk.get(f"/customers/{gold.pk}/as-of/?on=2026-02-01")
    later = text(answer)
    assert "Gold since 1 February 2026" in later
    # where the timeline ends: midnight in the bank's time zone
    assert "before=2026-02-02T00%3A00%3A00%2B08%3A00" in answer.content.decode()


def test_a_currency_without_a_rate_is_named_and_no_total_is_shown(gold, desk):
    AccountFactory(holder=gold, currency="USD", opened_on=date(2026, 1, 1))
    page = text(desk.get(f"/customers/{gold.pk}/as-of/?on=2026-01-31"))
    assert "No total in CNY: there is no rate of 31 Jan 2026 for USD." in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("on=2999-01-01", "is to come"),
        ("on=0001-06-01", "Nothing is known of days before 1900."),
        ("on=nonsense", "Enter a valid date"),
        ("on=", "This field is required"),
        ("on=2026-01-31&currency=XXX", "Select a valid choice"),
    ],
)
def test_a_day_or_currency_that_is_none_is_said_beside_the_field(gold, desk, query, said):
    page = desk.get(f"/customers/{gold.pk}/as-of/?{query}")
    assert (page.status_code, said in text(page)) == (400, True)


def test_flags_consents_and_the_household_are_those_of_the_day(own, other, desk):
    customer = own.customer
    FlagFactory(customer=customer, kind="bereavement", since=date(2026, 3, 1), until=DAY)
    FlagFactory(customer=customer, kind="vulnerable", since=date(2026, 3, 31), until=date(2026, 4, 2))
    ConsentFactory(customer=customer, given_at=timezone.now())
    mine = HouseholdMemberFactory(customer=customer, since=date(2026, 1, 1), until=date(2026, 4, 1))
    HouseholdMemberFactory(household=mine.household, customer=other.customer, since=date(2026, 1, 1))

    answer = desk.get(f"/customers/{customer.pk}/as-of/?on={DAY}")
    page = text(answer)

    # nobody of the household is in reach today
    assert mine.household.name in page and f"/households/{mine.household_id}/" not in answer.content.decode()
    assert page.count("By the days that were said, whenever they were entered.") == 2
    assert "Vulnerable" in page and "Bereavement" not in page
    assert "No consent was in force." in page
    assert "1 more member is out of your reach." in page and other.customer.name not in page
    assert "more member" not in text(desk.get(f"/customers/{customer.pk}/as-of/?on=2026-04-01"))


def test_the_endpoint_refuses_a_day_before_all_records(own, api, manager):
    answer = api(manager).get(f"/api/v1/customers/{own.customer.pk}/as-of/", {"on": "0001-06-01"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["on"])


def test_the_look_is_recorded(own, desk):
    desk.get(f"/customers/{own.customer.pk}/as-of/?on={DAY}")
    assert Event.objects.get(kind=Event.Kind.READ).data == {"what": "page.as_of", "sections": ["documents", "kyc"]}


@pytest.mark.parametrize(
    ("scopes", "sections"), [([], ["documents", "kyc"]), (["customers:read", "accounts:read"], None)]
)
def test_the_look_of_a_program_is_recorded_with_what_its_token_read(own, api, manager, scopes, sections):
    api(manager, *scopes).get(f"/api/v1/customers/{own.customer.pk}/as-of/", {"on": str(DAY)})
    data = Event.objects.get(kind=Event.Kind.READ).data
    assert (data["what"], data.get("sections")) == ("customers.as_of", sections)


def test_the_endpoint_tells_the_same(own, api, manager):
    account = AccountFactory(number="A7", holder=own.customer, opened_on=date(2026, 1, 1))
    BalanceFactory(account=account, on=DAY, amount=Decimal("12.5"))
    client = api(manager)
    address = f"/api/v1/customers/{own.customer.pk}/as-of/"

    found = client.get(address, {"on": str(DAY)}).json()

    assert found["record"] is None  # the record was made today
    assert (found["total"]["assets"], found["total"]["currency"]) == (found["holdings"][0]["assets"], "CNY")
    assert {"account": "A7", "balance": "12.50", "balance_on": str(DAY)}.items() <= next(
        each for each in found["holdings"][0]["holdings"] if each["account"] == "A7"
    ).items()
    today = client.get(address, {"on": str(timezone.localdate())}).json()
    assert today["record"]["name"] == own.customer.name
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.get(address, {"on": str(tomorrow)}).status_code == 400
    assert client.get(address).json()["on"] == str(timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize(("scopes", "status"), [(["customers:read"], 403), (["customers:read", "accounts:read"], 200)])
def test_a_token_for_customers_alone_reads_no_balances(own, api, manager, scopes, status):
    address = f"/api/v1/customers/{own.customer.pk}/as-of/"
    assert api(manager, *scopes).get(address, {"on": str(DAY)}).status_code == status


def test_the_holdings_of_today_have_a_total_in_any_known_currency(own, desk):
    ExchangeRateFactory(currency="USD", on=timezone.localdate(), rate=Decimal("7"))
    answer = desk.get(f"/customers/{own.customer.pk}/?tab=holdings&currency=USD")
    assert '<option value="USD" selected>' in answer.content.decode() and "1 CNY = 0.142857 USD" in text(answer)


def test_who_may_not_see_the_customer_finds_no_past(desk):
    assert desk.get(f"/customers/{CustomerFactory().pk}/as-of/?on={DAY}").status_code == 404
