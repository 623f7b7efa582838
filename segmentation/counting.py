"""Whom a rule picks, over the published facts: how many, and a few of them.

Within the reach of who asks; for an admin, who sees no customer, over the whole book and under pseudonyms. A rule of a
segment, or that names segments, is put to those whom segments may pick.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.base.errors import RuleBroken
from crm.base.sql import rows_of_text, text_of
from crm.identity.models import User
from crm.identity.scope import Scope, scope_of
from customers.masking import pseudonym
from customers.models import Customer
from segmentation.models import SEGMENTED, Published
from segmentation.night.months import known_month
from segmentation.rules import Field, Predicate, Purpose, Rule, predicates_of, spoken, sql, value_of
from segmentation.rules.joined import JOINED, joins_of
from segmentation.segments.versions import told

SQL = Path(__file__).parent / "sql"
FEW = 10
PARTS = {"owners": "c.manager_id", "branches": "c.branch_id", "customers": "c.id"}


@dataclass(frozen=True)
class Count:
    """`unknown` are customers of whom a figure that must be known is not; `asked` all that the rule was put to."""

    picked: int
    unknown: int
    asked: int
    as_of: date

    @property
    def share(self) -> Decimal:
        """Percent, to one digit."""
        return round(Decimal(100 * self.picked) / self.asked, 1) if self.asked else Decimal(0)


@dataclass(frozen=True)
class Sampled:
    """`customer` is None for who may not know them; `figures` in the order of the rule's fields, in words."""

    label: str
    customer: Customer | None
    branch: str
    tier: str
    tier_code: str
    figures: list[str]


def count(rule: Rule, *, user: Any, purpose: str, customer_kind: str = "") -> Count | None:
    """None before the first night, and of a rule over what no row of facts holds. `user` None counts the whole book.

    Raises RuleBroken where the rule names a segment that is not in use.
    """
    published = Published.objects.first()
    if published is None or not is_countable(rule):
        return None
    rule = told(rule, published.business_date)
    asked = _Asked(published, user, purpose, customer_kind)
    found = asked.run("counted.sql", rule=asked.compiled(rule))[0]
    return Count(**found, as_of=published.business_date)


def picked_by(rule: Rule, *, purpose: str, customer_kind: str = "") -> dict[str, Any]:
    """Of the whole book, as the effect of a proposal says it; empty while nobody can tell."""
    try:
        found = count(rule, user=None, purpose=purpose, customer_kind=customer_kind)
    except RuleBroken:  # it speaks of a segment that begins later
        return {}
    return {"picked": found.picked, "customers": found.asked, "data_date": str(found.as_of)} if found else {}


def sample(rule: Rule, *, user: Any, purpose: str, customer_kind: str = "", few: int = FEW) -> list[Sampled]:
    published = Published.objects.first()
    if published is None or not is_countable(rule):
        return []
    asked, rule = _Asked(published, user, purpose, customer_kind), told(rule, published.business_date)
    fields = fields_of(rule)
    pairs = ", ".join(f"'{field.name}', {asked.columns.get(field.name, field.column)}" for field in fields)
    rows = asked.run(
        "sampled.sql", rule=asked.compiled(rule), figures=f"jsonb_build_object({pairs})", also=pairs, few=few
    )
    known = Customer.objects.in_bulk([row["customer_id"] for row in rows])
    branches = dict(Customer.objects.filter(pk__in=known).values_list("pk", "branch__name"))
    within = set(Customer.objects.visible_to(user).filter(pk__in=known).values_list("pk", flat=True))
    return [
        Sampled(
            label=str(customer) if customer.pk in within else pseudonym(customer.number),
            customer=customer if customer.pk in within else None,
            branch=branches[customer.pk] or "",
            tier=row["tier"] or "",
            tier_code=row["tier_code"] or "",
            figures=[_said(field, row, published.business_date) for field in fields],
        )
        for row in rows
        if (customer := known.get(row["customer_id"]))
    ]


def is_countable(rule: Rule) -> bool:
    """Whether every figure stands in the facts; what a scheme reckons for its own tiers only its night knows."""
    return not any(predicate.field.of_scheme for predicate in predicates_of(rule))


def fields_of(rule: Rule) -> list[Field]:
    """The fields that the rule looks at, each once, in its order."""
    return list({predicate.name: predicate.field for predicate in predicates_of(rule)}.values())


def _said(field: Field, row: dict[str, Any], day: date) -> str:
    value = value_of(field, json.loads(row["figures"], parse_float=Decimal), day)
    return "–" if value is None else spoken(field, value, row["currency"])


class _Asked:
    """Which rows are asked: the published facts, joined to no more than the rule and the reach need."""

    columns = JOINED

    def __init__(self, published: Published, user: Any, purpose: str, customer_kind: str) -> None:
        self.parameters: dict[str, Any] = {"slot": published.slot, "day": published.business_date}
        self.within = ["f.slot = %(slot)s"]
        statuses = Customer.TIERED if Purpose(purpose).sets_prices else SEGMENTED
        self.within.append("c.status = ANY(%(statuses)s)")
        self.parameters["statuses"] = [str(status) for status in statuses]
        if customer_kind:
            self.within.append("c.kind = %(kind)s")
            self.parameters["kind"] = customer_kind
        if user is not None and user.role != User.Role.ADMIN:
            self._reach(scope_of(user))

    def _reach(self, scope: Scope) -> None:
        if scope.everything:
            return
        parts = {column: sorted(getattr(scope, name)) for name, column in PARTS.items() if getattr(scope, name)}
        self.parameters |= {f"reach_{n}": ids for n, ids in enumerate(parts.values())}
        said = [f"{column} = ANY(%(reach_{n})s)" for n, column in enumerate(parts)]
        self.within.append(f"({' OR '.join(said)})" if said else "false")

    def compiled(self, rule: Rule | Predicate) -> str:
        return sql(rule, parameters=self.parameters, columns=self.columns)

    def run(self, name: str, *, rule: str, figures: str = "", also: str = "", **more: Any) -> list[dict[str, Any]]:
        within = " AND ".join(self.within)
        text = f"{rule} {within} {also}"
        rows = "segmentation_facts f"
        joins = joins_of(text)
        if "%(known_month)s" in joins:  # as of the next night
            more["known_month"] = known_month()
        if "c." in text or joins:
            rows += f" JOIN customers_customer c ON c.id = f.customer_id {joins}"
        statement = text_of(SQL / name).format(rule=rule, rows=rows, within=within, figures=figures)
        return rows_of_text(statement, **self.parameters, **more)
