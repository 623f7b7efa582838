"""Files of figures and of employees: what stands in the table afterwards, and what is rejected with which word."""

from datetime import date
from decimal import Decimal

import pytest

from customers.models import CompanyFigure, CompanyRelation
from customers.periods import period_of
from tests.customers.imports.conftest import codes
from tests.factories import CompanyRelationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
FIGURES, PEOPLE = "customer,period,figure,value,currency", "customer,employee,since,until"


@pytest.fixture(autouse=True)
def firm(customers):
    return CustomerFactory(number="F1", company=True)


def test_figures_come_by_period_and_a_second_file_corrects_them(bring) -> None:
    written = ("2025", "2025-H2", "2024-Q1", "2025-09", "2025-04/12")
    assert bring("company_figures", FIGURES, *(f"F1,{each},revenue,100.5,CNY" for each in written)).rejected == 0
    assert {(row.since, row.months) for row in CompanyFigure.objects.all()} == {
        (period_of(each).since, period_of(each).months) for each in written
    }
    again = bring("company_figures", FIGURES, "F1,2025,revenue,100.50,CNY", "F1,2024-Q1,revenue,99,CNY")
    assert (again.accepted, again.unchanged) == (2, 1)
    corrected = CompanyFigure.objects.get(since=date(2024, 1, 1))
    assert (corrected.value, corrected.version, corrected.events.get().value) == (Decimal(99), 2, Decimal("100.5"))


def test_what_no_figure_can_be_is_rejected(bring) -> None:
    result = bring(
        "company_figures",
        FIGURES,
        "F1,2025-13,revenue,1,CNY",
        "F1,2025-01/12,revenue,1,CNY",
        "F1,2025,luck,1,",
        "F1,2025,revenue,1,",
        "F1,2025,revenue,1.005,CNY",
        "F1,2025,staff,1.5,",
        "F1,2025,power,-1,",
        "F1,2025,staff,5,CNY",
        "N1,2025,revenue,1,CNY",
        "F1,2024,staff,5,",
    )
    assert codes(result) == [
        (2, "period", "period"), (3, "period", "period"), (4, "figure", "unknown_figure"), (5, "currency", "currency"),
        (6, "customer", "duplicate"), (7, "value", "digits"), (8, "value", "too_small"), (9, "customer", "duplicate"),
        (10, "customer", "no_company"),
    ]  # fmt: skip
    assert CompanyFigure.objects.get().kind.code == "staff"


def test_employees_come_once_a_day_and_leave_with_a_later_file(bring) -> None:
    bring("company_employees", PEOPLE, "F1,N1,2024-01-01,", "F1,N2,2024-01-01,2025-01-01")
    result = bring("company_employees", PEOPLE, "F1,N1,2024-01-01,2026-01-01", "F1,N2,2025-01-01,")
    assert result.rejected == 0
    told = CompanyRelation.objects.order_by("party__number", "since").values_list("party__number", "since", "until")
    assert list(told) == [
        ("N1", date(2024, 1, 1), date(2026, 1, 1)),
        ("N2", date(2024, 1, 1), date(2025, 1, 1)),
        ("N2", date(2025, 1, 1), None),
    ]


def test_who_can_not_be_employed_so_is_rejected(bring, firm) -> None:
    CompanyRelationFactory(customer=firm, party__number="N9", employee=True, since=date(2020, 1, 1))
    result = bring(
        "company_employees",
        PEOPLE,
        "N1,N2,2024-01-01,",
        "F1,F1,2024-01-01,",
        "F1,N1,2024-01-01,2023-01-01",
        "F1,N1,2090-01-01,",
        "F1,N9,2024-01-01,",
        "F1,N3,2024-01-01,",
        "F1,N3,2025-01-01,",
    )
    assert codes(result) == [
        (2, "customer", "no_company"), (3, "employee", "no_person"), (4, "until", "ends_before"), (5, "since", "future"),
        (6, "since", "employed"), (8, "since", "employed"),
    ]  # fmt: skip
