from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.base.errors import RuleBroken
from customers.companies.figures import tell_figures
from customers.companies.sheets import sheets
from customers.models import CompanyFigure, FigureKind
from customers.periods import period_of
from tests.factories import CompanyFigureFactory, CustomerFactory, FigureKindFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def firm():
    return CustomerFactory(company=True)


def tell(firm, period, currency="CNY", seen=None, **values):
    said = {code: None if value is None else Decimal(value) for code, value in values.items()}
    return tell_figures(
        customer=firm, period=period_of(period), values=said, currency=currency, by="test", at=NOW, seen=seen
    )


def lines(firm):
    (sheet,) = sheets(CompanyFigure.objects.filter(customer=firm).select_related("kind"))
    return {line.kind.code: line.cells for line in sheet.lines}


@pytest.mark.parametrize(
    ("text", "since", "through", "before"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2024"),
        ("2025-h2", date(2025, 7, 1), date(2025, 12, 31), "2025-H1"),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31), "2024-Q4"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-01"),
        ("2025-04/12", date(2025, 4, 1), date(2026, 3, 31), "2024-04/12"),
    ],
)
def test_a_period_is_written_in_one_way(text, since, through, before) -> None:
    period = period_of(text)
    assert (period.since, period.through, str(period), str(period.before)) == (since, through, text.upper(), before)


@pytest.mark.parametrize("text", ["2025-13", "25", "2025-Q5", "2025-H3", "2025-01/12", "2025 Q1", "last year", "0025"])
def test_what_is_no_period_is_refused(text) -> None:
    with pytest.raises(RuleBroken):
        period_of(text)


def test_the_database_knows_the_last_day_as_the_code_does(firm) -> None:
    for text in ("2025", "2024-H1", "2023-Q4", "2024-02", "2025-04/12"):
        period = period_of(text)
        row = CompanyFigureFactory(customer=firm, since=period.since, months=period.months)
        row.refresh_from_db()
        assert row.through == period.through


def test_figures_stand_side_by_side_with_their_change(firm) -> None:
    tell(firm, "2024", revenue="200", net_profit="10", staff="50")
    tell(firm, "2025", revenue="150", net_profit="-20", staff="50")
    found = lines(firm)
    assert [cell.change for cell in found["revenue"]] == [Decimal("-0.25"), None]
    assert [cell.change for cell in found["net_profit"]] == [Decimal(-3), None]
    assert [cell.change for cell in found["staff"]] == [Decimal(0), None]


def test_a_change_beyond_the_threshold_of_its_kind_alarms_and_one_within_it_does_not(firm) -> None:
    FigureKind.objects.filter(code="revenue").update(falls_by="0.2", rises_by=None)
    tell(firm, "2023", revenue="1000")
    tell(firm, "2024", revenue="800.01")
    tell(firm, "2025", revenue="640")
    assert [cell.is_alarming for cell in lines(firm)["revenue"]] == [True, False, False]


def test_the_rows_that_alarm_in_the_database_are_those_of_the_page(firm) -> None:
    for period, revenue, staff in (("2023", "100", "10"), ("2024", "80", "15"), ("2025", "79", "16")):
        tell(firm, period, revenue=revenue, staff=staff, net_profit="0")
    rows = CompanyFigure.objects.filter(customer=firm).alarming()
    by_page = {
        (cell.figure.kind.code, cell.figure.since)
        for cells in lines(firm).values()
        for cell in cells
        if cell.is_alarming
    }
    assert {(row.kind.code, row.since) for row in rows} == by_page == {
        ("revenue", date(2024, 1, 1)), ("staff", date(2024, 1, 1))}  # fmt: skip
    assert not rows.newest().exists()


def test_nothing_is_compared_over_a_gap_another_currency_or_nothing(firm) -> None:
    tell(firm, "2022", revenue="100")
    tell(firm, "2024", revenue="10", net_profit="0")
    tell(firm, "2025", currency="USD", revenue="5", net_profit="7")
    found = lines(firm)
    assert [cell.change for cell in found["revenue"]] == [None, None, None]
    assert found["net_profit"][0].change is None
    assert not CompanyFigure.objects.alarming().exists()


def test_quarters_are_compared_with_quarters(firm) -> None:
    tell(firm, "2025", revenue="100")
    tell(firm, "2025-Q4", revenue="40")
    tell(firm, "2026-Q1", revenue="30")
    year, quarter = sheets(CompanyFigure.objects.filter(customer=firm).select_related("kind"))
    assert (year.months, quarter.months) == (12, 3)
    assert [str(period) for period in quarter.periods] == ["2026-Q1", "2025-Q4"]
    assert quarter.lines[0].cells[0].change == Decimal("-0.25")


def test_a_figure_that_is_told_anew_keeps_what_was_told_and_one_taken_back_is_gone_from_the_page(firm) -> None:
    tell(firm, "2025", revenue="100", staff="5")
    assert tell(firm, "2025", revenue="110", staff="5") == ["revenue"]
    tell(firm, "2025", staff=None)
    revenue = CompanyFigure.objects.get(kind__code="revenue")
    assert [(each.value, each.version) for each in revenue.events.all()] == [(Decimal(100), 1)]
    assert "staff" not in lines(firm)


def test_who_read_an_older_version_overwrites_nobody(firm) -> None:
    tell(firm, "2025", revenue="100")
    tell(firm, "2025", revenue="110", seen={"revenue": 1})
    with pytest.raises(RuleBroken, match="meantime"):
        tell(firm, "2025", revenue="120", seen={"revenue": 1})
    with pytest.raises(RuleBroken, match="meantime"):
        tell(firm, "2025", revenue="120", seen={})


@pytest.mark.parametrize(
    ("values", "currency", "field"),
    [
        ({"revenue": "1.005"}, "CNY", "revenue"),
        ({"revenue": "1"}, "yuan", "currency"),
        ({"staff": "1.5"}, "CNY", "staff"),
        ({"power": "-1"}, "CNY", "power"),
        ({"luck": "1"}, "CNY", "figure"),
        ({"revenue": "1e16"}, "CNY", "revenue"),
        ({"revenue": "NaN"}, "CNY", "revenue"),
    ],
)
def test_a_figure_that_can_not_be_is_refused_beside_its_input(firm, values, currency, field) -> None:
    with pytest.raises(RuleBroken) as refusal:
        tell(firm, "2025", currency=currency, **values)
    assert refusal.value.field == field
    assert not CompanyFigure.objects.exists()


def test_a_person_has_no_balance_sheet() -> None:
    with pytest.raises(RuleBroken, match="companies"):
        tell(CustomerFactory(), "2025", revenue="1")


def test_a_bank_names_figures_of_its_own() -> None:
    assert str(FigureKindFactory(code="churn", name="Churn", unit="people", section="operating", place=999)) == "Churn"
    assert str(FigureKind.objects.get(code="revenue")) == "Revenue"


def test_a_period_that_has_not_begun_is_refused_at_each_door(firm, signed_in, manager, bring) -> None:
    FigureKindFactory(code="staff")
    with pytest.raises(RuleBroken) as refused:
        tell(firm, "2026-07", staff="3")
    assert refused.value.field == "period"
    firm.manager = manager
    firm.save()
    page = signed_in(manager).post(f"/customers/{firm.pk}/company/figures/", {"period": "2999"})
    assert page.status_code == 422 and "This period has not begun." in page.text
    found = bring("company_figures", "customer,period,figure,value", f"{firm.number},2999,staff,3")
    assert [(row.column, row.code) for row in found.errors] == [("period", "not_begun")]


def test_who_was_overtaken_on_one_figure_still_saves_another(firm, signed_in, manager) -> None:
    firm.manager = manager
    firm.save()
    for code in ("staff", "orders"):
        FigureKindFactory(code=code)
    tell(firm, "2025", staff="10", orders="5")
    desk, address = signed_in(manager), f"/customers/{firm.pk}/company/figures/2025/"
    form = desk.get(address).context["form"]
    read = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: "" if value is None else value for name, value in read.items()}
    tell(firm, "2025", staff="12")
    assert desk.post(address, typed | {"orders": "6"}).status_code == 302
    assert dict(CompanyFigure.objects.values_list("kind__code", "value")) == {"staff": 12, "orders": 6}
    stale = desk.post(address, typed | {"staff": "11"})
    assert stale.status_code == 422 and "Now: 12" in stale.text
    again = {name: stale.context["form"].data.get(name, "") for name in form.fields}
    assert (again["staff"], Decimal(again["orders"])) == ("11", 6)
    assert desk.post(address, again).status_code == 302
    assert CompanyFigure.objects.get(kind__code="staff").value == 11


def test_a_figure_in_another_currency_is_not_told_in_that_of_the_form(firm, signed_in, manager) -> None:
    firm.manager = manager
    firm.save()
    for code in ("revenue", "net_profit"):
        FigureKindFactory(code=code, unit="money")
    tell(firm, "2025", "CNY", revenue="100")
    tell(firm, "2025", "USD", net_profit="7")
    desk, address = signed_in(manager), f"/customers/{firm.pk}/company/figures/2025/"
    form = desk.get(address).context["form"]
    read = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: "" if value is None else value for name, value in read.items()}
    touched = "net_profit" if typed["currency"] == "CNY" else "revenue"
    answer = desk.post(address, typed | {touched: "8"})
    assert answer.status_code == 422 and "choose that currency" in answer.text
