"""Where a customer stands at the data date: the figures of the open month against the tiers above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Subquery

from crm.base.prepared import Prepared, by_key
from crm.base.sql import scalar
from customers.models import Customer
from segmentation.explain import Explanation, Grace, Step, explain, missing_of
from segmentation.lookups import looked_up
from segmentation.models import Facts, Published
from segmentation.rules import FIELDS, Field
from segmentation.schemes import Scheme

# the business date that pages speak of
LATEST = "SELECT max(business_date) FROM segmentation_published"
DATA_DATE = Published.objects.values("business_date")
FACTS = Prepared(lambda: by_key(Facts.objects.annotate(as_of=Subquery(DATA_DATE[:1]))))


@dataclass(frozen=True)
class Outlook:
    """`explanation` is None for who has no tier, `facts` before the first night that counted the customer."""

    as_of: date
    explanation: Explanation | None
    facts: Facts | None
    values: Mapping[str, Any]

    @property
    def scheme(self) -> Scheme | None:
        return self.explanation.scheme if self.explanation else None

    @property
    def measure(self) -> Field | None:
        return FIELDS[self.scheme.measure] if self.scheme else None

    @property
    def amount(self) -> Decimal | None:
        """The measure at the data date."""
        return self.values.get(self.scheme.measure) if self.scheme else None

    @property
    def watch(self) -> Grace | None:
        return self.explanation.grace if self.explanation else None

    @property
    def next_step(self) -> Step | None:
        """The lowest of the higher tiers that the open month does not reach yet, or else the highest that it does."""
        reached = None
        for step in self._steps():
            if step.missing:
                return step
            reached = step
        return reached

    def _steps(self) -> list[Step]:
        if self.explanation is None or self.scheme is None or not self.values:
            return []
        scheme, starts = self.scheme, self.scheme.next_review(self.as_of + timedelta(days=1)) + timedelta(days=1)
        found = []
        for tier in scheme.tiers[self.explanation.rank + 1 :]:
            if tier.when:
                missing = missing_of(scheme, tier, self.values, self.as_of)
                if missing is not None:
                    found.append(Step(tier.code, tier.name, missing, starts))
        return found


def outlook_of(customer: Customer) -> Outlook | None:
    """Read once per customer object; None before the first published night."""
    if not hasattr(customer, "_outlook"):
        customer._outlook = _read(customer)  # type: ignore[attr-defined]
    return customer._outlook  # type: ignore[attr-defined]


def _read(customer: Customer) -> Outlook | None:
    as_of: date | None
    facts = next(iter(FACTS.rows([customer.pk])), None)
    as_of = facts.as_of if facts else scalar(LATEST)
    if as_of is None:
        return None
    explanation = explain(customer=customer, on=as_of + timedelta(days=1))
    values: Mapping[str, Any] = _values(customer, facts) if facts else {}
    if explanation and values:
        scheme = explanation.scheme
        asked = (name for name, _column in scheme.figure_columns())
        values = scheme.with_points({**values, **looked_up(customer, asked, as_of)}, as_of)
    return Outlook(as_of=as_of, explanation=explanation, facts=facts, values=values)


def _values(customer: Customer, facts: Facts) -> Mapping[str, Any]:
    """What rules may look at, by the names of the registry and of the sources of derived fields."""
    stored = (
        field
        for field in FIELDS.values()
        if field.derive is None and not (field.of_scheme or field.is_reference or field.stands_apart)
    )
    plain = {field.name for field in stored} | {"birth_date"}
    return {name: getattr(facts if hasattr(facts, name) else customer, name) for name in plain}
