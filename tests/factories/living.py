from datetime import UTC, date, datetime

import factory

from customers.models import LifeEvent, Preference
from tests.factories.customers import CustomerFactory

LEARNT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


class PreferenceFactory(factory.django.DjangoModelFactory):
    """王老师, as the customer said."""

    class Meta:
        model = Preference

    customer = factory.SubFactory(CustomerFactory)
    kind = "form_of_address"
    value = "王老师"
    source = "said"
    learnt_on = date(2026, 1, 15)
    recorded_at = LEARNT


class LifeEventFactory(factory.django.DjangoModelFactory):
    """The daughter was born on 1 February 2026."""

    class Meta:
        model = LifeEvent

    customer = factory.SubFactory(CustomerFactory)
    kind = "child"
    on = date(2026, 2, 1)
    through = factory.SelfAttribute("on")
    about = "daughter"
    source = "said"
    recorded_at = LEARNT
