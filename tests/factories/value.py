from datetime import date

import factory

from segmentation.models import ValueMonth, ValueVersion, ValueYear
from tests.factories.customers import CustomerFactory


class ValueVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValueVersion

    number = 1
    effective_from = date(2026, 1, 1)
    content = factory.LazyFunction(lambda: {"discount_rate": "0.10", "retention": [{"rate": "0.9"}]})
    content_hash = "0" * 64


class ValueMonthFactory(factory.django.DjangoModelFactory):
    """Of a customer who paid a fee. The month must have room (segmentation.value.reckoning.make_room)."""

    class Meta:
        model = ValueMonth

    month = date(2026, 2, 1)
    customer = factory.SubFactory(CustomerFactory)
    currency = "CNY"
    deposits = loans = waivers = commissions = activities = losses = 0
    fees = 30


class ValueYearFactory(ValueMonthFactory):
    class Meta:
        model = ValueYear

    value = factory.SelfAttribute("fees")
    lifetime = 135
