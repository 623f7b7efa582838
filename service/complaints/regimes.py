"""The regimes of complaints: data packs, each with its stages and the kind of day in which it counts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from crm.base.errors import RuleBroken
from segmentation.checks import codeword, flag, known_keys, one_of, text, whole
from segmentation.rules.validation import refuse
from service.clocks.desks import has_holidays, zones

PACKS = Path(__file__).parent / "packs"
NAMES = {
    "cn": gettext_noop("China"), "uk": gettext_noop("United Kingdom"), "us": gettext_noop("United States"),
    "uk_payments": gettext_noop("United Kingdom, payments"),
}  # fmt: skip
UNITS = ("calendar", "business")
# what may have to be said before a stage opens
NEEDS = ("complex", "approved", "noticed", "holding_reply")
STAGE_KEYS = {"code", "days", "unit", "needs", "is_soft"}
KEYS = {"code", "name", "zone", "holidays", "stages", "review_days"}
MOST_STAGES, MOST_DAYS, REVIEW_DAYS = 10, 730, 30


@dataclass(frozen=True)
class Stage:
    """Ends so many days after the receipt. It opens when all that it needs was said before the stage before it was over; the one after
    a soft stage opens by itself."""

    code: str
    days: int
    unit: str
    needs: tuple[str, ...] = ()
    is_soft: bool = False


@dataclass(frozen=True)
class Regime:
    code: str
    name: str
    zone: str
    country: str
    stages: tuple[Stage, ...]
    review_days: int = REVIEW_DAYS

    @classmethod
    def parse(cls, written: Any, *, path: str = "regime") -> "Regime":
        """Raises RuleBroken with the path. There is no key for a pause: the clock of the law has none."""
        known_keys(written, KEYS, path)
        text(written.get("name"), 80, f"{path}.name")
        zone, country, stages = written.get("zone"), written.get("holidays"), written.get("stages")
        if not isinstance(zone, str) or zone not in zones():
            refuse(f"{path}.zone", _('a time zone, such as "Asia/Shanghai", belongs here.'))
        if not isinstance(country, str) or not has_holidays(country):
            refuse(f"{path}.holidays", _('a country, such as "CN" or "GB-ENG", belongs here.'))
        if not isinstance(stages, list) or not 1 <= len(stages) <= MOST_STAGES:
            refuse(f"{path}.stages", _("a regime has at least one stage, the last day for an answer."))
        found = tuple(stage_of(each, f"{path}.stages[{place}]") for place, each in enumerate(stages))
        if found[0].needs:
            refuse(f"{path}.stages[0].needs", _("the first stage runs from the receipt and needs nothing."))
        code, days = codeword(written.get("code"), f"{path}.code"), written.get("review_days", REVIEW_DAYS)
        return cls(code, written["name"], zone, country, found, whole(days, 1, MOST_DAYS, f"{path}.review_days"))


def stage_of(written: Any, path: str) -> Stage:
    known_keys(written, STAGE_KEYS, path)
    one_of(written.get("unit"), list(UNITS), f"{path}.unit")
    needs = written.get("needs", [])
    if not isinstance(needs, list):
        refuse(f"{path}.needs", _("a list of these words belongs here: %(words)s.") % {"words": ", ".join(NEEDS)})
    for place, word in enumerate(needs):
        one_of(word, list(NEEDS), f"{path}.needs[{place}]")
    return Stage(
        codeword(written.get("code"), f"{path}.code"),
        whole(written.get("days"), 1, MOST_DAYS, f"{path}.days"),
        written["unit"],
        tuple(needs),
        flag(written.get("is_soft", False), f"{path}.is_soft"),
    )


@cache
def packs() -> Mapping[str, tuple[Regime, dict[str, Any]]]:
    """By code: the regime, and the pack as it is written."""
    written = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PACKS.glob("*.json"))]
    return {each["code"]: (Regime.parse(each), each) for each in written}


def pack_of(code: str) -> dict[str, Any]:
    if code not in packs():
        raise RuleBroken(_("There is no such regime of complaints."), field="regime")
    return packs()[code][1]
