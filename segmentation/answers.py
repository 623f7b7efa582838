"""An explanation as JSON: what `explain_tier --json` prints and `customers/{id}/tier/` answers."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm.base.money import minor_unit
from segmentation.points import FIGURE
from segmentation.rules import FIELDS, Field, Type, value_of

if TYPE_CHECKING:
    from segmentation.explain import Explanation, Step


def as_json(explanation: "Explanation") -> dict[str, Any]:
    decision, currency, grace = explanation.decision, explanation.scheme.currency, explanation.grace
    figures, day = decision.figures, decision.business_date
    return {
        "tier": explanation.tier,
        "since": str(explanation.since),
        "scheme_version": decision.scheme_version.number,
        "facts": {
            name: plain(FIELDS[name], value_of(FIELDS[name], figures, day), currency)
            for name in figures
            if name in FIELDS
        },
        "predicates": [
            {
                "field": each.predicate.name,
                "op": str(each.predicate.op),
                "threshold": each.predicate.written,
                "value": plain(each.predicate.field, each.value, currency),
                "met": each.met,
            }
            for each in explanation.looked
        ],
        "grace": grace and {"months": grace.months, "below": grace.below, "falls_on": str(grace.falls_on)},
        "next": [
            {"tier": step.tier, "missing": missing(explanation, step), "from": str(step.starts)}
            for step in explanation.next_tiers
        ],
        **_besides(explanation),
    }


def _besides(explanation: "Explanation") -> dict[str, Any]:
    """What a plain scheme never says: an override, a minimum hold, a fee, points."""
    ruling, fee, held = explanation.ruling, explanation.fee, explanation.held_until
    lines = explanation.decision.figures.get("points_by_line")
    return {
        "override": ruling
        and {
            "kind": ruling.kind,
            "tier": ruling.tier,
            "since": str(ruling.since),
            "until": str(ruling.until),
            "reason": ruling.reason,
        },
        "held_until": held and str(held),
        "fee_due": fee
        and {
            "fee": fee.fee,
            "amount": amount(fee.amount, explanation.scheme.currency),
            "currency": explanation.scheme.currency,
        },
        "points": lines,
    }


def missing(explanation: "Explanation", step: "Step") -> str | None:
    """How much more of the measure, in its own digits: money, or points."""
    if step.missing is None:
        return None
    if explanation.scheme.measure == FIGURE:
        return str(int(step.missing))
    return amount(step.missing, explanation.scheme.currency)


def plain(field: Field, value: Any, currency: str) -> Any:
    """A value as JSON: amounts and dates are strings."""
    if isinstance(value, Decimal):
        return amount(value, currency) if field.type == Type.MONEY else str(value)
    return str(value) if isinstance(value, date) else value


def amount(value: Decimal, currency: str) -> str:
    """With the currency's digits, and more only where the value has more."""
    digits = max(minor_unit(currency), -int(value.normalize().as_tuple().exponent))
    return f"{value:.{digits}f}"
