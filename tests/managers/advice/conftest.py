from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from customers.models import Customer, Product
from managers.advice.content import Content, Line
from managers.advice.services import draft_advice
from managers.models import Advice
from tests.factories import ProductFactory, RiskAssessmentFactory

NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
TODAY = date(2026, 4, 2)


@pytest.fixture
def fund(db) -> Product:
    return ProductFactory(code="fund", family="fund", risk=3)


@pytest.fixture
def advised(own) -> Customer:
    """May have up to R3, as assessed in January."""
    RiskAssessmentFactory(customer=own.customer)
    return own.customer


@pytest.fixture
def content(fund) -> Callable[..., Content]:
    """Sixty percent in the fund, for the studies of a child."""

    def say(**said: Any) -> Content:
        lines = (Line(fund, "Grows until then", percent=Decimal(60)),)
        usual = {
            "goals": "女儿留学",
            "horizon_months": 60,
            "amount": Decimal(500_000),
            "currency": "CNY",
            "lines": lines,
        }
        return Content(**usual | {"review_on": date(2026, 10, 1)} | said)

    return say


@pytest.fixture
def drafted(advised, content, manager) -> Advice:
    return draft_advice(customer=advised, content=content(), by=manager, at=NOW)
