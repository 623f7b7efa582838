from datetime import UTC, date, datetime

import factory

from segmentation.models import Benefit, EntitlementOverride, EntitlementUse, GoldCard, ServiceStandard
from tests.factories.approvals import ProposalFactory
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory
from tests.factories.segmentation import TierFactory


class BenefitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Benefit
        django_get_or_create = ("code",)

    code = "lounge"
    name = factory.LazyAttribute(lambda benefit: benefit.code.title())


class ServiceStandardFactory(factory.django.DjangoModelFactory):
    """Two visits to the lounge a month for the lowest tier."""

    class Meta:
        model = ServiceStandard
        django_get_or_create = ("number",)

    number = 1
    effective_from = date(2026, 1, 1)
    content_hash = "0" * 64

    @factory.lazy_attribute
    def content(self) -> dict:
        benefit, tier = BenefitFactory(), TierFactory()
        return {
            "benefits": [{"code": benefit.code, "name": benefit.name}],
            "lines": [{"tier": tier.code, "benefit": benefit.code, "quota": 2, "per": "month"}],
        }


class EntitlementOverrideFactory(factory.django.DjangoModelFactory):
    """As often as one likes, for a year."""

    class Meta:
        model = EntitlementOverride

    customer = factory.SubFactory(CustomerFactory)
    benefit = factory.SubFactory(BenefitFactory)
    kind = "grant"
    reason = "A long-standing customer"
    since = date(2026, 1, 1)
    until = date(2027, 1, 1)
    proposal = factory.SubFactory(ProposalFactory)


class EntitlementUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntitlementUse

    customer = factory.SubFactory(CustomerFactory)
    owner = factory.SelfAttribute("customer")
    benefit = factory.SubFactory(BenefitFactory)
    used_on = date(2026, 3, 1)
    channel = "branch"
    origin = "tier"
    period_start = date(2026, 1, 1)
    period_end = date(2027, 1, 1)
    by = factory.SubFactory(UserFactory, teller=True)
    recorded_at = datetime(2026, 3, 1, 4, tzinfo=UTC)


class GoldCardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GoldCard

    customer = factory.SubFactory(CustomerFactory)
    state = "valid"
    cause = "entitled"
    since = date(2026, 1, 1)
