from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from managers.models import CustomerPlan, PlanAction, PlanGoal
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class CustomerPlanFactory(factory.django.DjangoModelFactory):
    """Of two years, with ten million at all banks."""

    class Meta:
        model = CustomerPlan

    customer = factory.SubFactory(CustomerFactory)
    since = date(2026, 3, 1)
    until = date(2028, 3, 1)
    needs = "Liquidity for the new plant"
    wallet = Decimal("10000000.00")
    currency = "CNY"
    wallet_source = "Annual report"
    review_on = date(2098, 1, 1)
    made_by = factory.SubFactory(UserFactory, manager=True)
    made_at = datetime(2026, 3, 1, 4, tzinfo=UTC)


class PlanGoalFactory(factory.django.DjangoModelFactory):
    """Five million."""

    class Meta:
        model = PlanGoal

    plan = factory.SubFactory(CustomerPlanFactory)
    kind = PlanGoal.Kind.BALANCE
    figure = Decimal("5000000.00")
    currency = "CNY"
    due_on = date(2028, 3, 1)
    set_by = factory.SubFactory(UserFactory, manager=True)
    set_at = datetime(2026, 3, 1, 4, tzinfo=UTC)


class PlanActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanAction

    plan = factory.SubFactory(CustomerPlanFactory)
    what = "Invite the treasurer"
    who = factory.SubFactory(UserFactory, manager=True)
    due_on = date(2026, 4, 1)
    set_by = factory.SubFactory(UserFactory, manager=True)
    set_at = datetime(2026, 3, 1, 4, tzinfo=UTC)
