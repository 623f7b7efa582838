from datetime import UTC, datetime

import factory

from customers.models import BlankMovement, BlankStock, CardDesign, CardOrder, Spoilage
from tests.factories.customers import AccountFactory, CustomerFactory
from tests.factories.identity import BranchFactory, UserFactory

AT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


class CardDesignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardDesign
        django_get_or_create = ("code",)

    code = "classic"
    name = factory.LazyAttribute(lambda design: design.code.title())

    class Params:
        gold = factory.Trait(code="gold", is_gold=True)


class CardOrderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardOrder

    customer = factory.SubFactory(CustomerFactory)
    account = factory.SubFactory(AccountFactory)
    design = factory.SubFactory(CardDesignFactory)
    branch = factory.SubFactory(BranchFactory)
    embossed_name = "ZHANG WEI"
    ordered_at = AT
    ordered_by = factory.SubFactory(UserFactory)

    class Params:
        printed = factory.Trait(
            state="printed", printed_at=AT, printed_by=factory.SubFactory(UserFactory), last_four="4321"
        )


class BlankStockFactory(factory.django.DjangoModelFactory):
    """`blanks=3` were received."""

    class Meta:
        model = BlankStock
        django_get_or_create = ("branch", "design")
        skip_postgeneration_save = True

    branch = factory.SubFactory(BranchFactory)
    design = factory.SubFactory(CardDesignFactory)

    @factory.post_generation
    def blanks(self, create: bool, count: int | None, **kwargs) -> None:
        if create and count:
            BlankMovementFactory(stock=self, change=count)
            self.refresh_from_db()


class BlankMovementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlankMovement

    stock = factory.SubFactory(BlankStockFactory)
    kind = BlankMovement.Kind.RECEIVED
    change = 1
    at = AT
    by = factory.SubFactory(UserFactory)


class SpoilageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Spoilage

    stock = factory.SubFactory(BlankStockFactory)
    quantity = 1
    reason = "Torn in the printer"
    reported_at = AT
    reported_by = factory.SubFactory(UserFactory)

    class Params:
        taken_back = factory.Trait(
            confirmed_at=AT,
            confirmed_by=factory.SubFactory(UserFactory),
            taken_back_at=AT,
            taken_back_by=factory.SubFactory(UserFactory),
            taken_back_reason="It was whole",
        )
