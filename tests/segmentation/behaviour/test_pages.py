"""How a customer behaves, on their page and over REST, and the report of recency and frequency."""

import json
from datetime import date

import pytest

from crm.audit.models import Event
from segmentation.behaviour.matrix import ALL, UNKNOWN, matrices, rule_of
from segmentation.models import PolicyDraft, Quintiles
from segmentation.rules import validate
from tests.factories import CustomerFactory
from tests.factories.behaviour import tell_behaviour

pytestmark = pytest.mark.django_db
MONTH = date(2026, 2, 1)
RFM = "/rfm/"


def fifths() -> None:
    Quintiles.objects.create(
        month=MONTH, kind="person", recency=[-30, -20, -10, -3], frequency=[1, 2, 3, 4], turnover=[1, 10, 100, 1000]
    )


def test_the_tab_says_how_recently_how_often_and_in_which_fifth(own, signed_in, manager, queries):
    fifths()
    tell_behaviour(own.customer, main_channel="app", digital_share=75, slope_3_months=-200, life_stage="family")

    browser, address = signed_in(manager), f"/customers/{own.customer.pk}/?tab=behaviour"
    browser.get(address)  # what a process words once is not part of the price
    with queries("customer:behaviour"):
        page = browser.get(address)

    for text in ("3 days before the month&#x27;s end", "top fifth", "4 transactions", "1,200.00 CNY", "App", "75 %",
                 "-200.00 CNY", "28 Feb 2026", "unknown"):  # fmt: skip
        assert text in page.text, text


def test_before_a_month_is_closed_the_tab_says_so(own, signed_in, manager):
    page = signed_in(manager).get(f"/customers/{own.customer.pk}/?tab=behaviour")
    assert "No closed month tells of this customer yet" in page.text


def test_an_older_month_is_not_shown_as_the_newest(own, signed_in, manager):
    tell_behaviour(own.customer)
    tell_behaviour(CustomerFactory(), month=date(2026, 3, 1))
    assert "No closed month tells" in signed_in(manager).get(f"/customers/{own.customer.pk}/?tab=behaviour").text


def test_rest_tells_the_same_with_money_as_strings(own, other, api, manager):
    tell_behaviour(own.customer, trend_3_months="-1.50")
    tell_behaviour(other.customer)
    client = api(manager)

    found = client.get(f"/api/v1/customers/{own.customer.pk}/behaviour/")

    body = found.json()
    assert (body["month"], body["turnover_year"], body["trend_3_months"]) == ("2026-02-01", "1200.00", "-1.50")
    assert body["online_share"] is None and "kind" not in body
    assert client.get(f"/api/v1/customers/{other.customer.pk}/behaviour/").status_code == 404
    assert Event.objects.filter(kind="read", data__what="customers.behaviour").count() == 1


@pytest.fixture
def book(manager, east):
    """Six who came lately and often, one who came long ago, one who never came."""
    fifths()
    for _ in range(6):
        tell_behaviour(CustomerFactory(manager=manager, branch=east))
    tell_behaviour(CustomerFactory(), recency_days=40, transactions_year=1, turnover_year=70)
    tell_behaviour(CustomerFactory(), recency_days=None, transactions_year=0, turnover_year=None)


def counts(user) -> dict[tuple[str, str], int]:
    (found,) = matrices(month=MONTH, user=user)
    return {key: cell.customers for key, cell in found.cells.items() if cell.customers and ALL not in key}


def test_each_customer_is_in_one_cell_and_the_margins_add_up(book, auditor):
    (found,) = matrices(month=MONTH, user=auditor)

    assert counts(auditor) == {("5", "5"): 6, ("1", "2"): 1, (UNKNOWN, "1"): 1}
    assert (found.customers, found.cells[ALL, "5"].customers, found.cells[UNKNOWN, ALL].customers) == (8, 6, 1)
    assert found.cells["1", "2"].amounts == {"turnover": 70}
    assert found.cells[UNKNOWN, "1"].amounts == {"turnover": None}


def test_a_manager_counts_the_own_book_and_an_admin_the_whole_without_amounts_of_a_few(book, manager, admin):
    assert counts(manager) == {("5", "5"): 6}
    (found,) = matrices(month=MONTH, user=admin)
    assert found.cells["1", "2"].is_hidden and found.cells["1", "2"].amounts == {"turnover": None}
    assert found.cells["1", ALL].is_hidden, "else it would tell the same"
    assert found.customers == 8


def test_a_cell_is_a_rule_that_can_be_read():
    both = rule_of("5", UNKNOWN)
    assert validate(both, purpose="segment") and validate(both, purpose="tier")
    assert rule_of(ALL, "2") == {"all": [{"field": "frequency_quintile", "op": "=", "value": 2}]}
    assert rule_of(ALL, ALL) is None


def test_the_report_shows_counts_or_averages_and_is_exported(book, signed_in, auditor, queries):
    browser = signed_in(auditor)
    browser.get(RFM)
    with queries("rfm"):
        page = browser.get(RFM)
    assert "28 Feb 2026" in page.text and "Top fifth" in page.text
    assert "1,200.00" in browser.get(f"{RFM}?measure=turnover").text

    answer = browser.get(f"{RFM}?export=csv")

    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Kind,Recency fifth,Frequency fifth,Customers,Average turnover")
    assert "Person,top fifth,top fifth,6,1200.00,CNY," in lines
    assert Event.objects.filter(data__what="rfm.csv").count() == 1


def test_before_a_month_is_closed_the_report_says_so(signed_in, admin):
    assert "No month is closed yet" in signed_in(admin).get(RFM).text


def test_an_admin_begins_a_segment_from_a_cell(book, signed_in, admin):
    browser = signed_in(admin)
    assert "/segments/new/?kind=person&amp;rule=" in browser.get(RFM).text
    rule = rule_of("5", "5")

    form = browser.get("/segments/new/", {"kind": "person", "rule": json.dumps(rule)})
    assert "With the rule of the report" in form.text
    answer = browser.post("/segments/new/", {"start": "segment", "kind": "person", "rule": json.dumps(rule)})

    draft = PolicyDraft.objects.get()
    assert answer.status_code == 302 and str(draft.pk) in answer.headers["Location"]
    assert (draft.content["when"], draft.content["customer_kind"]) == (rule, "person")


def test_what_is_no_rule_begins_no_segment(signed_in, admin):
    answer = signed_in(admin).post("/segments/new/", {"start": "segment", "rule": "{"})
    assert answer.status_code == 422 and not PolicyDraft.objects.exists()
