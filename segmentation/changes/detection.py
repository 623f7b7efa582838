"""What the rules in force notice on a business date: a statement a rule, whoever it looks at (sql/)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from crm.base.errors import RuleBroken
from crm.base.sql import run_sql, run_text, scalar, text_of
from crm.jobs.models import Run
from customers.models import Product
from segmentation.changes.birthdays import births_between
from segmentation.changes.definition import Definition, Kind, readable
from segmentation.models import SEGMENTED, ChangeRule, Published
from segmentation.night.months import known_month
from segmentation.rules import sql
from segmentation.rules.joined import JOINED, joins_of
from segmentation.segments.references import resolved
from segmentation.segments.versions import rules_on

log = structlog.get_logger(__name__)
SQL = Path(__file__).parent / "sql"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """A business date, the moment at which it is looked at, and since when changes of records are asked for."""

    day: date
    at: datetime
    since: datetime

    @cached_property
    def slot(self) -> int:
        return Published.objects.values_list("slot", flat=True).get()

    @cached_property
    def run(self) -> int | None:
        night = Run.objects.nights().published().filter(business_date=self.day).order_by("-pk").first()
        return night.pk if night else None

    @property
    def shared(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "at": self.at,
            "since": self.since,
            "slot": self.slot,
            "run": self.run,
            "zone": settings.TIME_ZONE,
            "base": settings.CRM_BASE_CURRENCY,
            "max_age": settings.CRM_FX_MAX_AGE,
            "assets": [str(family) for family in Product.ASSETS],
            "statuses": [str(status) for status in SEGMENTED],
        }


@dataclass(frozen=True)
class Found:
    noticed: int
    unknown: int


def notice(look: Look, rule: ChangeRule) -> Found:
    """Nothing of a rule that is switched off, or that this release can't read any more."""
    asked = readable(rule.content)
    if asked is None or asked.is_off:
        return Found(0, 0)
    own = OWN[Kind(asked.kind)]
    parameters = look.shared | _own_parameters(look, asked) | own.parameters(look, asked)
    try:
        whom = _whom(look, asked, parameters)
    except RuleBroken as error:  # it names a segment that was retired since
        log.warning("change rule left out", rule=rule.code, error=str(error.message))
        return Found(0, 0)
    text = text_of(SQL / own.file).format(whom=whom, quoted=text_of(SQL / "quoted.sql"))
    run_text("DROP TABLE IF EXISTS change_found")
    run_text(f"CREATE TEMP TABLE change_found ON COMMIT DROP AS {text}", **parameters)
    kept = {"rule": rule.pk, "code": rule.code, "kind": rule.kind, "day": look.day, "at": look.at}
    noticed = run_sql(SQL / "noticed.sql", **kept)
    return Found(noticed, scalar("SELECT count(*) FROM change_found WHERE figures IS NULL"))


def _own_parameters(look: Look, asked: Definition) -> dict[str, Any]:
    quiet = look.day + timedelta(days=asked.quiet_days) if asked.quiet_days else None
    return {
        "amount": asked.amount,
        "currency": asked.currency,
        "days": asked.days,
        "share": asked.share,
        "moves": list(asked.moves),
        "quiet_until": quiet,
        # the day after the business date is the first on which anybody can do anything
        "due_on": look.day + ONE_DAY + timedelta(days=asked.due_days),
        "whom_kind": asked.customer_kind,
        "tiers": list(asked.tiers),
        "rated_from": look.day,
    }


def _whom(look: Look, asked: Definition, parameters: dict[str, Any]) -> str:
    """Compiling adds to the parameters."""
    rule = resolved(asked.when, rules_on(look.day + ONE_DAY))
    compiled = sql(rule, parameters=parameters, columns=JOINED)
    joins = joins_of(compiled)
    if "%(known_month)s" in compiled + joins:
        parameters["known_month"] = known_month()
    return text_of(SQL / "whom.sql").format(rule=compiled, joins=joins)


def _nothing(look: Look, asked: Definition) -> dict[str, Any]:
    return {}


def _flow(sign: int) -> Callable[[Look, Definition], dict[str, Any]]:
    return lambda look, asked: {"sign": sign, "rated_from": look.day - timedelta(days=asked.days - 1)}


def _births(look: Look, asked: Definition) -> dict[str, Any]:
    first = look.day + ONE_DAY
    births = list(births_between(first, first + timedelta(days=asked.days)))
    return {
        "born": [birth.born for birth in births],
        "falls_on": [birth.falls_on for birth in births],
        "years": [birth.year for birth in births],
        "lunar": [birth.is_lunar for birth in births],
    }


@dataclass(frozen=True)
class Statement:
    file: str
    parameters: Callable[[Look, Definition], dict[str, Any]] = _nothing


OWN: dict[Kind, Statement] = {
    Kind.INFLOW: Statement("flows.sql", _flow(1)),
    Kind.OUTFLOW: Statement("flows.sql", _flow(-1)),
    Kind.LEFT: Statement("left.sql"),
    Kind.TIER: Statement("tier.sql"),
    Kind.MATURITY: Statement("maturity.sql"),
    Kind.BIRTHDAY: Statement("birthday.sql", _births),
    Kind.ADDRESS: Statement("address.sql"),
    Kind.JOB: Statement("job.sql"),
}
