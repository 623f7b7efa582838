from datetime import date

import factory

from customers.models import Household, HouseholdMember
from segmentation.models import FeeDue, TierOverride
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory
from tests.factories.jobs import RunFactory
from tests.factories.segmentation import SchemeVersionFactory, TierFactory


class TierOverrideFactory(factory.django.DjangoModelFactory):
    """Gold is granted for a year."""

    class Meta:
        model = TierOverride

    customer = factory.SubFactory(CustomerFactory)
    kind = TierOverride.Kind.GRANT
    tier = factory.SubFactory(TierFactory, gold=True)
    reason = "Family of a private customer"
    since = date(2026, 1, 1)
    until = date(2027, 1, 1)
    approved_by = factory.SubFactory(UserFactory, approver=True)

    class Params:
        hold = factory.Trait(kind=TierOverride.Kind.HOLD)
        cap = factory.Trait(kind=TierOverride.Kind.CAP)


class FeeDueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeeDue

    run = factory.SubFactory(RunFactory)
    customer = factory.SubFactory(CustomerFactory)
    business_date = date(2026, 3, 31)
    tier = factory.SubFactory(TierFactory, gold=True)
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    fee_code = "below_gold"
    amount = 10
    currency = "CNY"


class HouseholdFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Household

    number = factory.Sequence(lambda n: f"H{n}")
    name = "Zhang"


class HouseholdMemberFactory(factory.django.DjangoModelFactory):
    """A member since the beginning who agreed to be pooled."""

    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(HouseholdFactory)
    customer = factory.SubFactory(CustomerFactory)
    since = date(2026, 1, 1)
    pools = True
