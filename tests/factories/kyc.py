from datetime import UTC, date, datetime

import factory

from customers.models import KycReview, Risk, RiskRating
from tests.factories.customers import CustomerFactory


class RiskRatingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskRating

    customer = factory.SubFactory(CustomerFactory)
    level = Risk.MEDIUM
    reason = "Deals in antiques"
    rated_at = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)

    class Params:
        case = factory.Trait(level=Risk.HIGH, is_case=True, reason="Cash in many small sums")


class KycReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KycReview

    customer = factory.SubFactory(CustomerFactory)
    level = Risk.MEDIUM
    due_on = date(2027, 1, 15)

    class Params:
        begun = factory.Trait(state=KycReview.State.BEGUN, begun_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
        case = factory.Trait(level=Risk.HIGH, is_case=True)
