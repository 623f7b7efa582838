from datetime import UTC, date, datetime

import factory

from crm.base.digests import digest
from segmentation.models import Change, ChangeRule
from tests.factories.customers import CustomerFactory

OUTFLOW = {"code": "outflow", "name": "Large outflow", "kind": "outflow", "amount": "100000", "currency": "CNY", "days": 7,
           "quiet_days": 14}  # fmt: skip


class ChangeRuleFactory(factory.django.DjangoModelFactory):
    """A hundred thousand went out within a week."""

    class Meta:
        model = ChangeRule
        django_get_or_create = ("code", "number")

    code = "outflow"
    kind = "outflow"
    name = "Large outflow"
    number = 1
    effective_from = date(2026, 1, 1)
    content = factory.LazyFunction(OUTFLOW.copy)
    content_hash = factory.LazyAttribute(lambda rule: digest(rule.content))


class ChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Change

    customer = factory.SubFactory(CustomerFactory)
    rule = factory.SubFactory(ChangeRuleFactory)
    code = factory.SelfAttribute("rule.code")
    kind = factory.SelfAttribute("rule.kind")
    about = "2026-03-31"
    day = date(2026, 3, 31)
    due_on = date(2026, 4, 4)
    figures = {"amount": "120000.00", "currency": "CNY", "days": 7, "before": "300000.00"}
    noticed_at = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
