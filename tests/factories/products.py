from datetime import UTC, date, datetime

import factory

from segmentation.models import Affinity, ClosedMonth, PeerGroup, ProductAnswer, ProductOffer, Suggestion
from tests.factories.customers import CustomerFactory, ProductFactory
from tests.factories.jobs import RunFactory

MONTH = date(2026, 2, 1)


class PeerGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeerGroup
        django_get_or_create = ("month", "kind")

    month = MONTH
    kind = "person"
    customers = 40


class AffinityFactory(factory.django.DjangoModelFactory):
    """12 of 40 hold it."""

    class Meta:
        model = Affinity
        django_get_or_create = ("group", "product")

    group = factory.SubFactory(PeerGroupFactory)
    product = factory.SubFactory(ProductFactory, code="wealth")
    asked = 40
    holding = 12


class SuggestionFactory(factory.django.DjangoModelFactory):
    """The wealth product in a month that is closed, and offered."""

    class Meta:
        model = Suggestion

    month = MONTH
    customer = factory.SubFactory(CustomerFactory)
    rank = 1
    product = factory.SubFactory(ProductFactory, code="wealth")
    affinity = factory.LazyAttribute(
        lambda row: AffinityFactory(product=row.product, group=PeerGroupFactory(month=row.month))
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if not ClosedMonth.objects.filter(month=kwargs["month"]).exists():
            ClosedMonth.objects.create(month=kwargs["month"], run=RunFactory())
        ProductOfferFactory(product=kwargs["product"])
        return super()._create(model_class, *args, **kwargs)


class ProductOfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductOffer
        django_get_or_create = ("product", "number")

    product = factory.SubFactory(ProductFactory, code="wealth")
    number = 1
    effective_from = date(2026, 1, 1)
    content = factory.LazyAttribute(lambda offer: {"product": offer.product.code})
    content_hash = "0" * 64


class ProductAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductAnswer

    suggestion = factory.SubFactory(SuggestionFactory)
    customer = factory.SelfAttribute("suggestion.customer")
    product = factory.SelfAttribute("suggestion.product")
    answer = "later"
    channel = "branch"
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    rests_until = date(2026, 4, 1)
