from datetime import date

import factory

from segmentation.models import Segment, SegmentMembership, SegmentSnapshot, SegmentVersion
from tests.factories.customers import CustomerFactory
from tests.factories.identity import UserFactory


class SegmentFactory(factory.django.DjangoModelFactory):
    """Whoever has 1,000, with its version."""

    class Meta:
        model = Segment
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "rich"
    name = factory.LazyAttribute(lambda segment: segment.code.title())
    priority = 10

    @factory.post_generation
    def version(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and not self.versions.exists():
            SegmentVersionFactory(segment=self)


class SegmentVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SegmentVersion

    segment = factory.SubFactory(SegmentFactory)
    number = 1
    effective_from = date(2026, 1, 1)
    content_hash = "0" * 64

    @factory.lazy_attribute
    def content(self) -> dict:
        when = {"field": "balance", "op": ">=", "value": "1000"}
        return {"code": self.segment.code, "name": self.segment.name, "priority": self.segment.priority, "when": when}


class SegmentMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SegmentMembership

    customer = factory.SubFactory(CustomerFactory)
    segment = factory.SubFactory(SegmentFactory)
    since = date(2026, 1, 1)


class SegmentSnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SegmentSnapshot

    segment = factory.SubFactory(SegmentFactory)
    name = factory.Sequence(lambda n: f"Snapshot {n}")
    business_date = date(2026, 3, 31)
    members = 0
    taken_by = factory.SubFactory(UserFactory, admin=True)
