from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.db import transaction

from managers.models import Opportunity, Stage, StageMove
from tests.factories.customers import CustomerFactory, ProductFactory
from tests.factories.identity import UserFactory


class OpportunityFactory(factory.django.DjangoModelFactory):
    """Of 200,000 CNY in a new stage, owned by the customer's manager, with the first step of its history."""

    class Meta:
        model = Opportunity

    customer = factory.SubFactory(CustomerFactory)
    product = factory.SubFactory(ProductFactory)
    owner = factory.LazyAttribute(lambda row: row.customer.manager or UserFactory(manager=True))
    stage = Stage.NEW
    amount = Decimal("200000")
    currency = "CNY"
    probability = 10
    close_on = date(2027, 3, 31)
    opened_at = datetime(2026, 4, 2, 1, tzinfo=UTC)

    class Params:
        won = factory.Trait(stage=Stage.WON, probability=100, closed_at=datetime(2026, 4, 9, 1, tzinfo=UTC))
        lost = factory.Trait(
            stage=Stage.LOST, probability=0, lost_reason="price", closed_at=datetime(2026, 4, 9, 1, tzinfo=UTC)
        )

    @classmethod
    def _create(cls, model_class: type[Opportunity], *args: object, **kwargs: object) -> Opportunity:
        """Both in one transaction, as the database asks."""
        with transaction.atomic():
            opportunity = super()._create(model_class, *args, **kwargs)
            _tell(opportunity)
        return opportunity


def _tell(opportunity: Opportunity) -> None:
    steps = (Stage.NEW, opportunity.stage) if opportunity.closed_at else (opportunity.stage,)
    for number, (before, stage) in enumerate(zip(("", *steps), steps, strict=False), start=1):
        StageMove.objects.create(
            opportunity=opportunity,
            number=number,
            from_stage=before,
            to_stage=stage,
            at=opportunity.closed_at if number > 1 else opportunity.opened_at,
            by=opportunity.owner,
            amount=opportunity.amount,
            currency=opportunity.currency,
            probability=opportunity.probability,
            lost_reason=opportunity.lost_reason if stage == Stage.LOST else "",
        )
