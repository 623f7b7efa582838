from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from managers.models import Opportunity
from managers.sales.services import open_opportunity
from tests.factories import ProductFactory, RiskAssessmentFactory

NOW, CLOSE = datetime(2026, 4, 2, 1, tzinfo=UTC), date(2026, 6, 30)


@pytest.fixture
def fund(db):
    return ProductFactory(code="fund", family="fund", risk=3)


@pytest.fixture
def suited(own):
    """The own customer may buy up to R3."""
    RiskAssessmentFactory(customer=own.customer)
    return own.customer


@pytest.fixture
def begun(suited, fund, manager) -> Opportunity:
    """Of 200,000 CNY in a fund, expected by the end of June."""
    said = {"product": fund, "amount": Decimal("200000"), "currency": "CNY", "close_on": CLOSE}
    return open_opportunity(customer=suited, by=manager, at=NOW, **said)
