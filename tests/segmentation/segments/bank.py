"""Segments of a bank small enough to reckon by hand."""

from datetime import date

from segmentation.models import PrimarySegment, SegmentMembership
from segmentation.services.policies import apply_policy

RICH = {"field": "balance", "op": ">=", "value": "1000"}


def segment(code: str = "rich", when: dict | None = None, **more) -> dict:
    """As in a policy file; without a rule, whoever has 1,000."""
    return {"code": code, "name": code.title(), "when": when or RICH} | more


def use(*segments: dict, start: date | None = None) -> None:
    dated = {"effective_from": str(start)} if start else {}
    apply_policy(content={"segments": list(segments)} | dated, by="setup")


def periods(code: str) -> list[tuple]:
    """(number of the customer, joined, left) of a segment."""
    rows = SegmentMembership.objects.filter(segment__code=code).order_by("customer__number", "since")
    return list(rows.values_list("customer__number", "since", "until"))


def primary(scheme: str = "main") -> dict[str, str]:
    """The segment that speaks for each customer now."""
    rows = PrimarySegment.objects.open().filter(scheme=scheme)
    return dict(rows.values_list("customer__number", "segment__code"))
