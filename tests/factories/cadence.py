from datetime import date

import factory

from crm.base.digests import digest
from managers.models import ContactPlan, DueContact
from tests.factories.customers import CustomerFactory
from tests.factories.segmentation import TierFactory


class ContactPlanFactory(factory.django.DjangoModelFactory):
    """With customers of the gold tier somebody speaks every 90 days."""

    class Meta:
        model = ContactPlan

    class Params:
        lines = ({"tier": "gold", "every": 90},)

    number = factory.Sequence(lambda number: number + 1)
    effective_from = date(2026, 1, 1)
    content = factory.LazyAttribute(lambda plan: {"lines": list(plan.lines)})
    content_hash = factory.LazyAttribute(lambda plan: digest(plan.content))


class DueContactFactory(factory.django.DjangoModelFactory):
    """Overdue for long."""

    class Meta:
        model = DueContact

    customer = factory.SubFactory(CustomerFactory)
    what = DueContact.What.CONTACT
    tier = factory.SubFactory(TierFactory, gold=True)
    due_on = date(2026, 3, 2)
