"""Which segments are in use on a day, and by which of their versions."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from segmentation.models import Segment, SegmentVersion
from segmentation.rules import Rule
from segmentation.segments.definition import Definition, readable
from segmentation.segments.references import resolved, rules_of, segments_named


def in_force(day: date) -> QuerySet[SegmentVersion]:
    """The version of each segment, that of a retired one too."""
    newest = SegmentVersion.objects.filter(effective_from__lte=day).order_by("segment_id", "-effective_from")
    return newest.distinct("segment_id")


def versions_on(day: date) -> dict[str, SegmentVersion]:
    """Those in force, by the code of the segment."""
    return {version.segment.code: version for version in in_force(day).select_related("segment")}


def bring_up_to(day: date) -> None:
    """Segments are called, ordered and retired as their versions of the day say."""
    moved = []
    for version in versions_on(day).values():
        segment, said = version.segment, readable(version.content)
        if said and (segment.name, segment.priority, segment.is_retired) != (said.name, said.priority, said.is_retired):
            segment.name, segment.priority, segment.is_retired = said.name, said.priority, said.is_retired
            moved.append(segment)
    Segment.objects.bulk_update(moved, ["name", "priority", "is_retired"])


def definitions_of(versions: Iterable[SegmentVersion]) -> dict[str, Definition]:
    """By code; those that this release can't read any more are left out."""
    found = (readable(version.content) for version in versions)
    return {each.code: each for each in found if each}


def told(rule: Rule, published: date) -> Rule:
    """A rule as the next night would put it: without the names of segments. Raises RuleBroken."""
    return resolved(rule, rules_on(published + timedelta(days=1))) if segments_named(rule) else rule


def rules_on(day: date) -> dict[str, Rule]:
    """By code: whom each segment in use picks, with the names of others still in it."""
    return rules_of(definitions_of(versions_on(day).values()))
