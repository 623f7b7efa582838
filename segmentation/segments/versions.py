"""Which segments are in use on a day, and by which of their versions."""

from collections.abc import Iterable
from datetime import date, timedelta

from segmentation.models import Segment, SegmentVersion
from segmentation.rules import Rule
from segmentation.segments.definition import Definition, readable
from segmentation.segments.references import resolved, rules_of, segments_named


def versions_on(day: date) -> dict[str, SegmentVersion]:
    """By code: the version in force, that of a retired segment too."""
    newest = (
        SegmentVersion.objects.filter(effective_from__lte=day)
        .select_related("segment")
        .order_by("segment_id", "-effective_from")
        .distinct("segment_id")
    )
    return {version.segment.code: version for version in newest}


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
