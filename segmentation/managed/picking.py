"""Whom the rules of an assignment policy pick, over the published facts."""

from pathlib import Path
from typing import Any

from crm.base.sql import rows_of_text, text_of
from customers.models import Customer
from segmentation.managed.definition import Assigning, Managed
from segmentation.models import Published
from segmentation.rules import sql
from segmentation.rules.joined import JOINED, joins_of
from segmentation.segments.versions import told

SQL = Path(__file__).parent / "sql"
UNKNOWN = -1


def picked(policy: Assigning, published: Published) -> tuple[str, dict[str, Any]]:
    """A statement that finds `customer_id`, `place` of the rule that speaks and `weight`, and its parameters.

    `place` is UNKNOWN where a figure that must be known is not. Raises RuleBroken where a rule names a segment that is not in use.
    """
    parameters: dict[str, Any] = {
        "slot": published.slot,
        "day": published.business_date,
        "statuses": [str(each) for each in Customer.TIERED],
        "weighed": list(policy.weights),
        "weights": list(policy.weights.values()),
    }
    places = "NULL"
    for place, managed in reversed(list(enumerate(policy.rules))):
        asked = _asked(managed, published, place, parameters)
        places = f"CASE ({asked}) WHEN true THEN {place} WHEN false THEN {places} ELSE {UNKNOWN} END"
    text = text_of(SQL / "picked.sql").format(places=f"({places})::integer", joins=joins_of(places))
    return text, parameters


def _asked(managed: Managed, published: Published, place: int, parameters: dict[str, Any]) -> str:
    parts = []
    if managed.customer_kind:
        parameters[f"kind_{place}"] = managed.customer_kind
        parts.append(f"c.kind = %(kind_{place})s")
    if managed.tiers:
        parameters[f"tiers_{place}"] = list(managed.tiers)
        parts.append(f"coalesce(t.code = ANY(%(tiers_{place})s), false)")
    rule = told(managed.when, published.business_date)
    return " AND ".join([*parts, sql(rule, parameters=parameters, columns=JOINED)])


def counts_of(policy: Assigning) -> list[dict[str, Any]]:
    """For each rule that picks anybody its `place`, `customers` and `load`; empty before the first night."""
    published = Published.objects.first()
    if published is None:
        return []
    text, parameters = picked(policy, published)
    return rows_of_text(text_of(SQL / "counted.sql").format(picked=text), **parameters)
