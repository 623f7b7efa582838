from datetime import date
from decimal import Decimal

import factory

from segmentation.models import Leak, WaiverCheck
from tests.factories.customers import AccountFactory, CustomerFactory, FeeChargeFactory
from tests.factories.jobs import RunFactory

EFFECT = {"leaks": 2, "waiting": 0, "without_right": {}, "despite_right": {"CNY": "24.00"}}


class WaiverCheckFactory(factory.django.DjangoModelFactory):
    """Of March; has ended."""

    class Meta:
        model = WaiverCheck

    run = factory.SubFactory(
        RunFactory, kind="waiver_check", result=EFFECT, rows_total=10, rows_done=10, business_date=date(2026, 3, 31)
    )
    since = date(2026, 3, 1)
    through = date(2026, 3, 31)


class LeakFactory(factory.django.DjangoModelFactory):
    """15.00 are due where 3.00 were waived; give `charge` and `customer`."""

    class Meta:
        model = Leak

    waiver_check = factory.SubFactory(WaiverCheckFactory)
    customer = factory.SubFactory(CustomerFactory)
    charge = factory.LazyAttribute(lambda leak: FeeChargeFactory(account=AccountFactory(holder=leak.customer)))
    fee_code = factory.SelfAttribute("charge.fee.code")
    charged_on = factory.SelfAttribute("charge.charged_on")
    percent = Decimal("0.50")
    amount = factory.SelfAttribute("charge.amount")
    waived = Decimal("3.00")
    due = Decimal("15.00")
    currency = factory.SelfAttribute("charge.account.currency")
