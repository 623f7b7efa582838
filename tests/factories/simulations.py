from copy import deepcopy
from datetime import date

import factory

from segmentation.models import SimulatedTier, Simulation
from tests.factories.customers import CustomerFactory
from tests.factories.jobs import RunFactory
from tests.factories.segmentation import TIERS

EFFECT = {
    "migration": {"mass": {"mass": 7, "gold": 3}},
    "customers": 10,
    "movers": 3,
    "up": 3,
    "moved_balances": {"CNY": "900000.00"},
    "waived_before": {"CNY": "1.00"},
    "waived_after": {"CNY": "4.00"},
    "waived_by": [
        {"tier": "gold", "fee": "statement", "currency": "CNY", "charges": 3, "before": "1.00", "after": "4.00"}
    ],
    "managers": [{"username": "manager", "name": "王芳", "movers": 3, "before": 0, "after": 3}],
}


class SimulationFactory(factory.django.DjangoModelFactory):
    """Has ended; three of ten would go from mass to gold."""

    class Meta:
        model = Simulation

    run = factory.SubFactory(
        RunFactory, kind="simulation", result=EFFECT, rows_total=10, rows_done=10, business_date=date(2026, 3, 31)
    )
    business_date = date(2026, 3, 31)
    draft_hash = "0" * 64

    @factory.lazy_attribute
    def draft(self) -> dict:
        scheme = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
        return {"tier_scheme": scheme | {"tiers": deepcopy(TIERS)}}


class SimulatedTierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SimulatedTier

    simulation = factory.SubFactory(SimulationFactory)
    customer = factory.SubFactory(CustomerFactory)
    before = published = "mass"
    draft = "gold"
    outcome = "up"
    balance = "300000"
    measure = "250000"
    currency = "CNY"
