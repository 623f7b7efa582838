"""The override behind a tier: the one that acted in the decision, or one that holds on the day that is asked about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce, JSONObject

from segmentation.models import TierDecision, TierOverride


@dataclass(frozen=True)
class Ruling:
    """`until` is the first day on which it no longer holds; `holds` says whether it does on the day asked about."""

    override: int
    kind: str
    tier: str
    name: str
    since: date
    until: date
    reason: str
    holds: bool


def holding(on: date) -> ArraySubquery:
    """The overrides that hold on a day for the customer of a decision, as JSON: an annotation."""
    found = JSONObject(
        id="pk", kind="kind", tier="tier__code", name="tier__name", since="since",
        until=Coalesce("ended_on", "until"), reason="reason",
    )  # fmt: skip
    rows = TierOverride.objects.filter(customer=OuterRef("customer_id")).holding(on).order_by("kind")
    return ArraySubquery(rows.values(found=found))


def ruling_of(decision: TierDecision, found: list[dict[str, Any]], *, on: date) -> Ruling | None:
    """`decision` with its override, `found` as `holding` annotates it. Of several, grant comes before hold and cap."""
    acted = decision.override
    order = {kind: place for place, kind in enumerate(TierOverride.Kind.values)}
    for each in sorted(found, key=lambda row: (acted is None or row["id"] != acted.pk, order[row["kind"]])):
        days = {name: date.fromisoformat(each[name]) for name in ("since", "until")}
        return Ruling(each["id"], each["kind"], each["tier"], each["name"], reason=each["reason"], holds=True, **days)
    if acted is None:
        return None
    until = acted.ended_on or acted.until
    return Ruling(
        acted.pk,
        acted.kind,
        acted.tier.code,
        acted.tier.name,
        acted.since,
        until,
        acted.reason,
        holds=acted.since <= on < until,
    )
