"""The segments as a page shows them: in words, with how many they have and who belongs to none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from crm.identity.scope import scope_of
from customers.models import Customer
from segmentation.migration.figures import counts_all
from segmentation.models import (
    SEGMENTED,
    PrimarySegment,
    Published,
    Segment,
    SegmentDay,
    SegmentMembership,
    SegmentVersion,
)
from segmentation.segments.definition import Definition, readable
from segmentation.segments.saying import currencies, said_of
from segmentation.segments.versions import versions_on


@dataclass(frozen=True)
class Shown:
    """`definition` is None where this release can't read the rule any more; `day` the counts of the whole book."""

    segment: Segment
    version: SegmentVersion
    definition: Definition | None
    members: int
    primary: int
    total: int
    day: SegmentDay | None
    words: str

    @property
    def share(self) -> Decimal:
        """Percent of the customers who were asked, to one digit."""
        return round(Decimal(100 * self.members) / self.total, 1) if self.total else Decimal(0)

    @property
    def priority(self) -> int:
        return self.definition.priority if self.definition else self.segment.priority


@dataclass(frozen=True)
class Group:
    """A scheme; `unclassified` are the customers whom none of its segments picks."""

    scheme: str
    segments: list[Shown]
    unclassified: int
    total: int


def asked(user: Any) -> QuerySet:
    """The customers whom segments may pick: the whole book for who counts it, else those in reach."""
    rows = Customer.objects.all() if counts_all(user) else Customer.objects.visible_to(user)
    return rows.filter(status__in=SEGMENTED)


def within(model: type[SegmentMembership] | type[PrimarySegment], user: Any) -> QuerySet:
    """Memberships that the user may count."""
    return model.objects.all() if counts_all(user) else model.objects.visible_to(user)


def groups(user: Any) -> list[Group]:
    """The schemes in use with their segments, in their order; the main one first."""
    published = Published.objects.first()
    on = published.business_date if published else timezone.localdate()
    total = asked(user).count()
    found = sorted(_shown(user, on, total), key=_place)
    return [
        Group(scheme, list(rows), unclassified(user, scheme).count(), total)
        for scheme, rows in groupby(found, key=lambda each: each.segment.scheme)
    ]


def unclassified(user: Any, scheme: str) -> QuerySet:
    """Whom no segment of a scheme picks, of those whom the user may count."""
    return asked(user).exclude(pk__in=PrimarySegment.objects.open().filter(scheme=scheme).values("customer_id"))


def _place(shown: Shown) -> tuple:
    scheme = shown.segment.scheme
    return scheme != Segment.MAIN, scheme, shown.priority, shown.segment.code


def _shown(user: Any, on: date, total: int) -> Iterator[Shown]:
    days = {day.segment_id: day for day in SegmentDay.objects.filter(business_date=on)}
    if counts_all(user) or scope_of(user).everything:
        members = {pk: day.members for pk, day in days.items()}
        primary = {pk: day.primary_members for pk, day in days.items()}
    else:
        members, primary = _counted(SegmentMembership, user), _counted(PrimarySegment, user)
    known = currencies()
    for version in in_force(on):
        pk, definition = version.segment_id, readable(version.content)
        yield Shown(
            segment=version.segment,
            version=version,
            definition=definition,
            members=members.get(pk, 0),
            primary=primary.get(pk, 0),
            total=total,
            day=days.get(pk),
            words=said_of(definition, known) if definition else "",
        )


def in_force(on: date) -> list[SegmentVersion]:
    """The versions that hold, and the first ones of segments that begin later; retired ones are left out."""
    holding = versions_on(on)
    later = SegmentVersion.objects.filter(effective_from__gt=on, number=1).select_related("segment")
    found = [*holding.values(), *(version for version in later if version.segment.code not in holding)]
    return [version for version in found if not version.content.get("retired")]


def _counted(model: type[SegmentMembership] | type[PrimarySegment], user: Any) -> dict[int, int]:
    rows = model.objects.visible_to(user).open().order_by()
    return dict(rows.values("segment").annotate(n=Count("pk")).values_list("segment", "n"))


@dataclass(frozen=True)
class Overlap:
    """How many are in the first segment alone, in both, and in the second alone."""

    first: int
    both: int
    second: int

    @property
    def share(self) -> Decimal:
        """Percent of those in either who are in both, to one digit."""
        either = self.first + self.both + self.second
        return round(Decimal(100 * self.both) / either, 1) if either else Decimal(0)


def overlap(first: Segment, second: Segment, user: Any) -> Overlap:
    rows = within(SegmentMembership, user).open()
    ones, others = rows.filter(segment=first), rows.filter(segment=second)
    both = ones.filter(customer__in=SegmentMembership.objects.open().filter(segment=second).values("customer")).count()
    return Overlap(ones.count() - both, both, others.count() - both)
