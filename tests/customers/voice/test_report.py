"""The month of the product department: figures of at least five customers, none to be had by subtraction, and no names."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from crm.audit.models import Event
from customers.models import Customer
from customers.voice.report import months, report
from tests.factories import CustomerFactory
from tests.factories.calls import NeedFactory
from tests.factories.identity import UserFactory

MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def wants():
    """`wants(5, day)`: so many customers, each with a need."""
    clerk = UserFactory()

    def noted(count: int, day: int = 20, month: int = 3, **said):
        at = datetime(2026, month, day, 9, 0, tzinfo=UTC)
        return [NeedFactory(customer=CustomerFactory(), by=clerk, noted_at=at, **said) for _ in range(count)]

    return noted


def test_a_figure_of_fewer_than_five_customers_is_not_told(wants):
    wants(4)
    assert (report(MARCH).lines, report(MARCH).is_cut) == ([], True)
    wants(1)
    line = report(MARCH).lines[0]
    assert (line.what, line.wish, line.unmet, line.met) == ("Deposit", "price", 5, None)


def test_customers_count_and_not_how_often_one_says_it(wants):
    customer = wants(1)[0].customer
    for _ in range(6):
        NeedFactory(customer=customer)
    assert report(MARCH).lines == []


def test_a_hidden_half_of_a_line_stays_hidden(wants):
    wants(7)
    wants(3, is_met=True)
    line = report(MARCH).lines[0]
    assert (line.unmet, line.met, report(MARCH).is_cut) == (7, None, True)
    assert set(vars(line)) == {
        "family",
        "product",
        "wish",
        "met",
        "unmet",
        "met_change",
        "unmet_change",
        "quotes",
        "elsewhere",
    }  # fmt: skip  no total of both


def test_a_change_is_told_where_both_months_are(wants):
    wants(8)
    wants(6, month=2)
    wants(4, month=2, is_met=True)
    wants(9, is_met=True)
    line = report(MARCH).lines[0]
    assert (line.unmet, line.unmet_change) == (8, 2)
    assert (line.met, line.met_change) == (9, None)


def test_withdrawn_needs_and_other_months_do_not_count(wants):
    wants(5, day=31, month=1)
    withdrawn = wants(5)[0]
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at=withdrawn.noted_at)
    assert report(MARCH).lines == []


def test_a_month_is_the_bank_s_days(wants):
    """Midnight in Shanghai is 16:00 UTC."""
    clerk = UserFactory()
    for _ in range(5):
        at = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
        NeedFactory(customer=CustomerFactory(), by=clerk, noted_at=at)
    assert len(report(MARCH).lines) == 1
    assert report(FEBRUARY).lines == []


def test_quotes_are_of_figures_that_are_told_one_of_a_customer_and_without_names(wants):
    needs = wants(5, quote="Rates at 4 banks are better")
    Customer.objects.filter(pk=needs[0].customer_id).update(name="Better")
    NeedFactory(
        customer=needs[1].customer, quote="Another word of the same", noted_at=datetime(2026, 3, 21, tzinfo=UTC)
    )
    wants(4, wish="limit", quote="Nobody hears this")
    line = report(MARCH).lines[0]
    assert line.quotes == ["Another word of the same", "Rates at 4 banks are ***", "Rates at 4 banks are better"]
    assert "Nobody hears this" not in str(report(MARCH))
    wants(3, day=25, quote="Call 2026 1234")
    assert report(MARCH).lines[0].quotes[0] == "Call ***"


def test_a_name_that_came_later_is_taken_out_of_the_quote(wants):
    needs = wants(5)
    NeedFactory(customer=needs[0].customer, quote="王芳 wants better rates", noted_at=datetime(2026, 3, 25, tzinfo=UTC))
    Customer.objects.filter(pk=needs[0].customer_id).update(name="王芳", sort_key="wang fang")
    assert report(MARCH).lines[0].quotes == ["*** wants better rates"]


def test_who_meets_the_need_is_named_where_five_name_them_and_never_counted(wants):
    wants(5, met_by="Bank of Elsewhere")
    wants(4, met_by="Other bank")
    assert report(MARCH).lines[0].elsewhere == ["bank of elsewhere"]


@pytest.mark.parametrize(
    ("today", "newest"),
    [("2026-04-01", "2026-02"), ("2026-04-02", "2026-03"), ("2026-04-30", "2026-03"), ("2026-01-01", "2025-11")],
)
def test_a_month_is_reported_when_its_last_need_can_no_longer_be_withdrawn(today, newest):
    found = months(date.fromisoformat(today))
    assert (f"{found[0]:%Y-%m}", len(found)) == (newest, 12)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_no_month_that_goes_on_is_ever_reported(today):
    found = months(today)
    assert all(month < today.replace(day=1) for month in found)
    assert found == sorted(set(found), reverse=True)


@time_machine.travel("2026-04-10T10:00:00+08:00", tick=False)
def test_an_admin_reads_the_report_and_no_needs(wants, admin, manager, signed_in, api):
    needs = wants(5, quote="Better rates elsewhere")
    browser = signed_in(admin)
    page = browser.get("/need-reports/")
    assert "Better rates elsewhere" in page.text and needs[0].customer.number not in page.text
    assert browser.get("/needs/").status_code == 403
    assert browser.get("/need-reports/?month=2026-04").status_code == 404
    csv = browser.get("/need-reports/?month=2026-03&export=csv").getvalue().decode()
    assert "Deposit" in csv and ",5," in csv
    assert Event.objects.get(kind="export").data["parameters"] == {"month": "2026-03"}
    told = api(admin).get("/api/v1/need-reports/").json()
    assert (told["month"], told["results"][0]["unmet"], told["results"][0]["met"]) == ("2026-03", 5, None)
    assert api(admin).get("/api/v1/need-reports/?month=2026-04").status_code == 404


@time_machine.travel("2026-04-10T10:00:00+08:00", tick=False)
def test_the_report_has_its_price(wants, admin, signed_in, queries):
    wants(5)
    browser = signed_in(admin)
    browser.get("/need-reports/")
    with queries("need_report"):
        browser.get("/need-reports/")
