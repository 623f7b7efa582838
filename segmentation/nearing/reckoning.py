"""One statement per tier finds who may be near, by the figures of the open month; what is missing is then told exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from crm.base.sql import rows_of_text, text_of
from customers.models import Customer
from segmentation.explain import missing_of
from segmentation.levels import TierRule
from segmentation.models import NearTier, Published, SchemeVersion, Tier, TierOverride
from segmentation.night.months import known_month
from segmentation.rules import FIELDS, Rule, sql
from segmentation.rules.joined import JOINED, joins_of
from segmentation.schemes import Scheme
from segmentation.versions import scheme_versions_on

NEAR = Path(__file__).parent / "sql" / "near.sql"
ONE_DAY = timedelta(days=1)
# a tier is near where a tenth more of the measure reaches it
WITHIN = Decimal("1.10")


@transaction.atomic
def look_ahead(*, at: datetime | None = None) -> int:
    """As of the published date; how many are near. As often as one likes."""
    published = Published.objects.first()
    if published is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('near tiers'))")
    found = [
        row
        for version in scheme_versions_on(published.business_date + ONE_DAY).values()
        for row in Ahead(version, published).rows()
    ]
    NearTier.objects.all().delete()
    NearTier.objects.bulk_create(found, batch_size=5_000)
    return len(found)


@dataclass
class Ahead:
    """A scheme and the published figures."""

    version: SchemeVersion
    published: Published

    def rows(self) -> Iterator[NearTier]:
        scheme = Scheme.parse(self.version.content)
        if scheme.points:  # points are no amount that is missing
            return
        tiers = {tier.code: tier for tier in Tier.objects.filter(scheme=self.version.scheme_id)}
        for beneath, rule in pairwise(scheme.tiers):
            if not rule.by_invitation:
                yield from self._up(scheme, rule, tiers[rule.code], tiers[beneath.code])
            if not rule.below:
                yield from self._down(scheme, rule, tiers[rule.code])

    @property
    def as_of(self) -> date:
        return self.published.business_date

    def _up(self, scheme: Scheme, rule: TierRule, tier: Tier, standing: Tier) -> Iterator[NearTier]:
        """Of those who stand in the tier beneath."""
        starts = scheme.next_review(self.as_of + ONE_DAY) + ONE_DAY
        stretched = {scheme.measure: f"({self._column(scheme.measure)} * {WITHIN})"}
        for values in self._found(scheme, rule.when, standing, stretched):
            missing = missing_of(scheme, rule, values, self.as_of)
            if missing is not None:
                yield self._row(values, "up", tier, scheme, missing, starts)

    def _down(self, scheme: Scheme, rule: TierRule, tier: Tier) -> Iterator[NearTier]:
        """Of those who stand in it, are below it, and have no month of grace left after the next review."""
        falls_on = scheme.next_review(self.as_of + ONE_DAY) + ONE_DAY
        spared = set(TierOverride.objects.holding(falls_on).values_list("customer", flat=True))
        for values in self._found(scheme, rule.when, tier, {}, negated=True):
            if values["below"] + 1 >= rule.grace_months and values["customer"] not in spared:
                missing = missing_of(scheme, rule, values, self.as_of)
                yield self._row(values, "down", tier, scheme, missing, falls_on)

    def _found(
        self, scheme: Scheme, rule: Rule | None, standing: Tier, other: dict[str, str], *, negated: bool = False
    ) -> list[dict[str, Any]]:
        assert rule is not None
        names = {name: self._column(name) for name, _column in scheme.figure_columns()}
        parameters: dict[str, Any] = {
            "day": self.as_of,
            "slot": self.published.slot,
            "tier": standing.pk,
            "statuses": [str(status) for status in Customer.TIERED],
        }
        compiled = sql(rule, parameters=parameters, columns={**JOINED, **other})
        columns = ", ".join(f"{column} AS {name}" for name, column in names.items())
        joins = joins_of(compiled + columns)
        text = text_of(NEAR).format(columns=columns, joins=joins, rule=f"NOT ({compiled})" if negated else compiled)
        if "%(known_month)s" in text:
            parameters["known_month"] = known_month()
        return rows_of_text(text, **parameters)

    def _column(self, name: str) -> str:
        return JOINED.get(name) or FIELDS[name].column

    def _row(
        self, values: dict[str, Any], direction: str, tier: Tier, scheme: Scheme, missing: Decimal | None, day: date
    ) -> NearTier:
        said = {"measure": scheme.measure, "missing": missing, "currency": scheme.currency}
        return NearTier(
            customer_id=values["customer"], direction=direction, tier=tier, falls_on=day, as_of=self.as_of, **said
        )
