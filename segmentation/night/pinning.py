"""What a night will work with, taken down when it is planned."""

import json
from datetime import date
from typing import Any

from django.utils import timezone

from crm.base.sql import rows_of
from crm.jobs.models import Run
from customers import changes
from segmentation.models import Published, SchemeVersion
from segmentation.night.context import HOUSEHOLD, QUARTER, SQL
from segmentation.night.ladders import parsed
from segmentation.night.months import closing_on
from segmentation.segments.versions import in_force
from segmentation.versions import scheme_versions_on

# raised when a release computes a figure or answers a rule in another way: no night then carries what the one before found.
FIGURES = 2


def newest() -> Published | None:
    """The night that is published, after which the planned one comes."""
    return Published.objects.select_related("run").first()


def pin(day: date, published: Published | None) -> dict[str, Any]:
    """What a night of this day will work with, after the one that is published. No versions: no scheme is in force for any
    kind of customer."""
    versions = list(scheme_versions_on(day).values())
    late, (found,) = _late(versions), rows_of(SQL / "newest.sql")
    known, fed = found["known"], found["fed"]
    closing = closing_on(day, known=known, fed=fed)
    segments = sorted(in_force(day).values_list("pk", flat=True))
    return {
        "slot": 1 - published.slot if published else 0,
        "closed": fed is not None and fed >= day,
        "is_past": fed is not None and fed > day,
        "versions": [version.pk for version in versions],
        "newest_policy": found["newest_policy"],
        "newest_override": found["newest_override"],
        "overrides_at": timezone.now().isoformat(),
        "late": sorted(late),
        "stale": sorted(_left(day) - late),
        "closing": closing.isoformat() if closing else None,
        "known_month": known.isoformat() if known else None,
        "segments": segments,
        "is_reranked": published is not None
        and segments != published.run.parameters.get("pinned", {}).get("segments", []),
    }


def take_changes(day: date, published: Published | None, known: str | None) -> dict[str, Any]:
    """What the night of this day may carry forward, and from which changes on it may not; takes those noted so far.

    `known` is the first day of the newest closed month, as `pin` says it.
    """
    since = published.business_date if published else day
    taking = changes.take(since=min(since, day), day=day)
    changes.take_past(number=taking, through=known)
    pinned = {"taking": taking, "figures": FIGURES}
    before = published.run.parameters.get("pinned", {}) if published else {}
    is_later_in_month = since < day and since.replace(day=1) == day.replace(day=1)
    if is_later_in_month and before.get("figures") == FIGURES and 0 < before["taking"] < taking:
        pinned |= {"base": published.run_id, "base_taking": before["taking"], "base_closed": before["closed"]}
    return pinned


def _late(versions: list[SchemeVersion]) -> set[str]:
    """Figures that are read together are written together."""
    asked = {name for version in versions for name in parsed(json.dumps(version.content)).late}
    return {name for group in (QUARTER, HOUSEHOLD) if asked & set(group) for name in group}


def _left(day: date) -> set[str]:
    """What the two nights before reckoned: one of them wrote the slot that is now written over."""
    runs = Run.objects.nights().filter(status__in=Run.ENDED, business_date__lt=day).order_by("-business_date")
    pinned = [parameters.get("pinned", {}) for parameters in runs.values_list("parameters", flat=True)[:2]]
    return {name for each in pinned for name in each.get("late", [])}
