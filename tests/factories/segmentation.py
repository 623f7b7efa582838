from copy import deepcopy
from datetime import date
from decimal import Decimal

import factory

from crm.jobs.models import Run
from segmentation.models import (
    FreeAccount,
    PolicyDraft,
    SchemeVersion,
    Tier,
    TierDecision,
    TierPeriod,
    TierScheme,
    WaiverEntry,
    WaiverLine,
    WaiverPolicy,
)
from tests.factories.customers import AccountFactory, CustomerFactory, FeeChargeFactory
from tests.factories.identity import UserFactory
from tests.factories.jobs import RunFactory

TIERS = [
    {"code": "mass", "name": "Mass"},
    {
        "code": "gold",
        "name": "Gold",
        "when": {"field": "aum_month_average", "op": ">=", "value": "200000"},
        "grace_months": 3,
    },
]


class TierSchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TierScheme
        django_get_or_create = ("customer_kind",)

    customer_kind = "person"


class TierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tier
        django_get_or_create = ("scheme", "code")

    scheme = factory.SubFactory(TierSchemeFactory)
    code = "mass"
    name = factory.LazyAttribute(lambda tier: tier.code.title())
    rank = 0

    class Params:
        gold = factory.Trait(code="gold", rank=1)


class SchemeVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchemeVersion
        django_get_or_create = ("scheme", "number")

    scheme = factory.SubFactory(TierSchemeFactory)
    number = 1
    effective_from = date(2026, 1, 1)
    currency = "CNY"
    measure = "aum_month_average"
    content_hash = "0" * 64

    @factory.lazy_attribute
    def content(self) -> dict:
        return {
            "customer_kind": self.scheme.customer_kind,
            "currency": self.currency,
            "measure": self.measure,
            "review": "monthly",
            "tiers": deepcopy(TIERS),
        }


class TierPeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TierPeriod

    customer = factory.SubFactory(CustomerFactory)
    tier = factory.SubFactory(TierFactory)
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    since = date(2026, 1, 1)

    class Params:
        gold = factory.Trait(tier=factory.SubFactory(TierFactory, gold=True))


class TierDecisionFactory(factory.django.DjangoModelFactory):
    """Placed in the lowest tier: 150,000 of the 200,000 that reach gold."""

    class Meta:
        model = TierDecision

    run = factory.SubFactory(RunFactory)
    customer = factory.SubFactory(CustomerFactory)
    business_date = factory.SelfAttribute("run.business_date")
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    tier_after = factory.SubFactory(TierFactory)
    outcome = TierDecision.Outcome.PLACED
    effective_from = date(2026, 1, 1)
    figures = factory.LazyFunction(lambda: {"aum_month_average": "150000.00"})
    met = factory.LazyFunction(lambda: [False])


class PolicyDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PolicyDraft

    kind = PolicyDraft.Kind.TIER_SCHEME
    name = "Tiers"
    owner = factory.SubFactory(UserFactory, admin=True)
    content = factory.LazyFunction(
        lambda: {
            "customer_kind": "person",
            "currency": "CNY",
            "measure": "aum_month_average",
            "review": "monthly",
            "tiers": deepcopy(TIERS),
        }
    )

    class Params:
        waivers = factory.Trait(
            kind=PolicyDraft.Kind.WAIVER_POLICY, content=factory.LazyFunction(lambda: {"ceiling": "0.50", "lines": []})
        )


class WaiverPolicyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaiverPolicy
        django_get_or_create = ("number",)

    number = 1
    effective_from = date(2026, 1, 1)
    ceiling = Decimal("0.50")
    content = factory.LazyFunction(lambda: {"ceiling": "0.50", "lines": []})
    content_hash = "0" * 64


class WaiverLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaiverLine
        django_get_or_create = ("policy", "tier_code", "fee_code")

    policy = factory.SubFactory(WaiverPolicyFactory)
    tier_code = "gold"
    fee_code = "statement"
    percent = Decimal("0.10")


class WaiverEntryFactory(factory.django.DjangoModelFactory):
    """Ten percent of a charge of 30.00; give `charge` and `customer` to tie it to an account."""

    class Meta:
        model = WaiverEntry

    number = factory.Sequence(lambda n: n + 1)
    customer = factory.SubFactory(CustomerFactory)
    charge = factory.LazyAttribute(lambda entry: FeeChargeFactory(account=AccountFactory(holder=entry.customer)))
    account = factory.SelfAttribute("charge.account")
    fee_code = factory.SelfAttribute("charge.fee.code")
    charged_on = factory.SelfAttribute("charge.charged_on")
    tier = factory.SubFactory(TierFactory, gold=True)
    line = factory.SubFactory(WaiverLineFactory)
    percent = Decimal("0.10")
    amount = factory.SelfAttribute("charge.amount")
    waived = Decimal("3.00")
    currency = factory.SelfAttribute("charge.account.currency")
    business_date = date(2026, 3, 31)
    # what people write by hand needs an approved proposal
    run = factory.LazyFunction(lambda: Run.objects.nights().first() or RunFactory())


class FreeAccountFactory(factory.django.DjangoModelFactory):
    """Named in January and taken back; give `customer`, whose own account it is."""

    class Meta:
        model = FreeAccount

    customer = factory.SubFactory(CustomerFactory)
    account = factory.LazyAttribute(lambda free: AccountFactory(holder=free.customer))
    since = date(2026, 1, 1)
    until = date(2026, 2, 1)
