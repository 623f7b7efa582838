"""Why a customer is in a segment or not: each condition of the rule with the figure at the data date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.lookups import looked_up
from segmentation.models import PrimarySegment, Segment, SegmentMembership
from segmentation.outlook import outlook_of
from segmentation.rules import Rule, met, predicates_of, sentence, spoken, value_of
from segmentation.segments.references import resolved, rules_of
from segmentation.segments.saying import currencies, said_of
from segmentation.segments.versions import definitions_of, versions_on
from segmentation.why import Asked


@dataclass(frozen=True)
class Own:
    """A segment in force as it is to one customer; `since` is None for who is not in it."""

    segment: Segment
    number: int
    rule: str
    asked: tuple[Asked, ...]
    since: date | None
    is_primary: bool


def segments_of(customer: Customer) -> tuple[list[Own], date | None]:
    """Those that the customer is in come first; with the data date, None before the first night."""
    outlook = outlook_of(customer)
    if outlook is None or outlook.facts is None:
        return [], None
    versions = versions_on(outlook.as_of)
    definitions = definitions_of(versions.values())
    rules, known = rules_of(definitions), currencies()
    values = _values(customer, outlook, rules)
    since = dict(SegmentMembership.objects.open().filter(customer=customer).values_list("segment", "since"))
    primary = set(PrimarySegment.objects.open().filter(customer=customer).values_list("segment", flat=True))
    found = []
    for code, rule in rules.items():
        try:
            whole = resolved(rule, rules, within=(code,))
        except RuleBroken:  # speaks of one that can't be read any more
            continue
        segment, definition = versions[code].segment, definitions[code]
        asked = _asked(whole, values, outlook.as_of, known[definition.customer_kind or Customer.Kind.PERSON])
        own = Own(
            segment,
            versions[code].number,
            said_of(definition, known),
            asked,
            since.get(segment.pk),
            segment.pk in primary,
        )
        found.append((own.since is None, segment.scheme, definition.place, own))
    return [own for *_place, own in sorted(found, key=lambda each: each[:3])], outlook.as_of


def _values(customer: Customer, outlook: Any, rules: Mapping[str, Rule]) -> Mapping[str, Any]:
    asked = (each.name for rule in rules.values() for each in predicates_of(rule))
    missing = [name for name in asked if name not in outlook.values]
    return {**outlook.values, **looked_up(customer, missing, outlook.as_of)}


def _asked(rule: Rule, values: Mapping[str, Any], day: date, currency: str) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            text=sentence(each, currency=currency),
            value=spoken(each.field, value_of(each.field, values, day), currency),
            met=met(each, values, day),
        )
        for each in predicates_of(rule)
    )
