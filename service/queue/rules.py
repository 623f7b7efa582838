"""How the queue of a branch weighs tier and waiting on a day.

Content: {"ageing": "0.1", "limit_minutes": 30, "branches": {"SH": {"ageing": "0.2", "limit_minutes": 20}}}. What a tier weighs stands in
the service standards; as only the ratio of the two counts, another ageing of a branch says all that other weights could.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import Branch
from managers.approved import Rules
from service.models import QueueRules
from service.models.queue_rules import KIND
from service.queue.picking import Fairness

RULES = Rules(KIND, QueueRules)
KEYS = ("ageing", "limit_minutes")
STANDARD: dict[str, Any] = {"ageing": "0.1", "limit_minutes": 30, "branches": {}}
MOST_AGEING, MOST_MINUTES = Decimal(100), 240


def content_on(day: date) -> dict[str, Any]:
    return RULES.content_on(day) or STANDARD


def fairness_of(content: Mapping[str, Any], branch: str) -> Fairness:
    """Of a branch by its code: what was said of it, else what holds for the bank."""
    said = {name: content[name] for name in KEYS} | content["branches"].get(branch, {})
    return Fairness(Decimal(said["ageing"]), timedelta(minutes=said["limit_minutes"]))


def fairness_on(day: date, branch: Branch) -> Fairness:
    return fairness_of(content_on(day), branch.code)


def validate(content: Any) -> None:
    if not isinstance(content, dict) or set(content) != {*KEYS, "branches"}:
        raise RuleBroken(_refusal({*KEYS, "branches"}), field="content")
    _figures(content, "")
    branches = content["branches"]
    if not isinstance(branches, dict) or not all(isinstance(each, dict) for each in branches.values()):
        raise RuleBroken(_("Each branch says what is other there."), field="branches")
    known = set(Branch.objects.filter(code__in=branches).values_list("code", flat=True))
    for code, own in branches.items():
        if code not in known:
            raise RuleBroken(_("There is no branch “%(code)s”.") % {"code": code}, field=f"branches.{code}")
        if not own or not set(own) <= set(KEYS):
            raise RuleBroken(_refusal(KEYS), field=f"branches.{code}")
        _figures(own, f"branches.{code}.")


def _refusal(names: Any) -> str:
    return _("This holds %(names)s and nothing else.") % {"names": ", ".join(sorted(names))}


def _figures(said: Mapping[str, Any], path: str) -> None:
    if "ageing" in said and not _is_ageing(said["ageing"]):
        words = {"most": MOST_AGEING}
        raise RuleBroken(_("Points for a minute: above 0, up to %(most)s.") % words, field=f"{path}ageing")
    minutes = said.get("limit_minutes", 1)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= MOST_MINUTES:
        raise RuleBroken(_("From 1 to %(most)s minutes.") % {"most": MOST_MINUTES}, field=f"{path}limit_minutes")


def _is_ageing(text: Any) -> bool:
    try:
        found = Decimal(text) if isinstance(text, str) else Decimal("NaN")
    except InvalidOperation:
        return False
    return found.is_finite() and 0 < found <= MOST_AGEING and found == round(found, 4)
