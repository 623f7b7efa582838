from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from customers.models import (
    CompanyFigure,
    CompanyGroup,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    FigureKind,
    GroupLimit,
    GroupMember,
    Guarantee,
    OutsideParty,
    Renewal,
    SiteVisit,
)
from tests.factories.customers import CustomerFactory, InteractionFactory

NOTED_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class FigureKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FigureKind
        django_get_or_create = ("code",)

    code = "revenue"


class NotedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    customer = factory.SubFactory(CustomerFactory, company=True)
    noted_at = NOTED_AT


class CompanyFigureFactory(NotedFactory):
    """The revenue of 2025."""

    class Meta:
        model = CompanyFigure

    kind = factory.SubFactory(FigureKindFactory)
    since, months = date(2025, 1, 1), 12
    value, currency = Decimal(1_000_000), "CNY"


class OutsidePartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutsideParty

    name = factory.Sequence(lambda n: f"Holding {n} GmbH")
    country = "DE"


class CompanyRelationFactory(NotedFactory):
    """Somebody runs it; `party=None` with an outsider for who is no customer."""

    class Meta:
        model = CompanyRelation

    kind = CompanyRelation.Kind.EXECUTIVE
    party = factory.SubFactory(CustomerFactory)
    since = date(2020, 1, 1)

    class Params:
        owner = factory.Trait(kind="owner", share=Decimal("0.6"))
        employee = factory.Trait(kind="employee")
        parent = factory.Trait(kind="parent", party=factory.SubFactory(CustomerFactory, company=True))
        abroad = factory.Trait(kind="parent", party=None, outsider=factory.SubFactory(OutsidePartyFactory))


class CreditLimitFactory(NotedFactory):
    class Meta:
        model = CreditLimit

    kind = CreditLimit.Kind.WORKING_CAPITAL
    amount, currency = Decimal(5_000_000), "CNY"
    since = date(2026, 1, 1)


class GuaranteeFactory(NotedFactory):
    class Meta:
        model = Guarantee

    kind = Guarantee.Kind.SURETY
    party = factory.SubFactory(CustomerFactory)
    amount, currency = Decimal(2_000_000), "CNY"
    since = date(2026, 1, 1)


class ContactPersonFactory(NotedFactory):
    class Meta:
        model = ContactPerson

    name, function = "王会计", "Chief accountant"
    phone, email = "+8613912345678", "wang@example.com"
    since = date(2024, 1, 1)


class SiteVisitFactory(NotedFactory):
    class Meta:
        model = SiteVisit

    interaction = factory.SubFactory(InteractionFactory, channel="visit", customer=factory.SelfAttribute("..customer"))
    visited_on = date(2026, 3, 20)
    findings = "Two of three lines at work"


class CompanyNewsFactory(NotedFactory):
    class Meta:
        model = CompanyNews

    on = date(2026, 3, 10)
    source, text = "Daily", "Won an order"


class RenewalFactory(NotedFactory):
    class Meta:
        model = Renewal

    kind = Renewal.Kind.LICENCE
    what = "Business licence"
    due_on = date(2026, 5, 1)


class CompanyGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CompanyGroup

    number = factory.Sequence(lambda n: f"G{n:04}")
    name = factory.Sequence(lambda n: f"Group {n}")


class GroupMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupMember

    group = factory.SubFactory(CompanyGroupFactory)
    customer = factory.SubFactory(CustomerFactory, company=True)
    since = date(2024, 1, 1)


class GroupLimitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupLimit

    group = factory.SubFactory(CompanyGroupFactory)
    amount, currency = Decimal(10_000_000), "CNY"
    since = date(2024, 1, 1)
    noted_at = NOTED_AT
