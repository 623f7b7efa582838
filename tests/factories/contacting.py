from datetime import UTC, date, datetime

import factory

from customers.models import Consent, Flag, RiskAssessment
from tests.factories.customers import CustomerFactory


class RiskAssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskAssessment

    customer = factory.SubFactory(CustomerFactory)
    level = 3
    assessed_on = date(2026, 1, 15)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    customer = factory.SubFactory(CustomerFactory)
    purpose = "marketing"
    channel = "branch"
    wording = "2026-01"
    given_at = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


class FlagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Flag

    customer = factory.SubFactory(CustomerFactory)
    kind = Flag.Kind.VULNERABLE
    since = date(2026, 1, 15)
    source = "The family"
