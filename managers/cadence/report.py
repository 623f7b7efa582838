"""How the plan is kept, per manager, branch or tier: each figure is the number of rows of the list that it leads to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from managers.cadence.querysets import STATES

FIGURES = ("total", *STATES, "late")


@dataclass(frozen=True)
class By:
    """`key` is the path that tells the lines apart, `name` what they are called; `choice` names the filter of the list."""

    choice: str
    label: str | Promise
    key: str
    name: str
    without: str = ""
    nobody: str | Promise = ""


BYS = {
    "manager": By("manager", _("Manager"), "customer__manager__username", "customer__manager__name", "no_manager", _("Without a manager")),
    "branch": By("branch", _("Branch"), "customer__branch__code", "customer__branch__name", "no_branch", _("Without a branch")),
    "tier": By("tier", _("Tier"), "tier__code", "tier__name"),
}  # fmt: skip


def report(rows: Any, by: By, *, on: date) -> list[dict[str, Any]]:
    """A line for each, the most overdue first: `key`, `label`, the figures, and `share` kept in percent. One query."""
    counted = rows.annotate(key=F(by.key)).counted("key", on=on).annotate(name=Max(by.name))
    lines = [line | {"label": line["name"] or line["key"] or by.nobody, "share": share(line)} for line in counted]
    return sorted(lines, key=lambda line: (-line["overdue"], str(line["label"])))


def summed(lines: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {name: sum(line[name] for line in lines) for name in FIGURES}
    return found | {"share": share(found)}


def share(line: dict[str, Any]) -> int:
    """In percent, rounded down, of those that are not overdue: all that is in time is not 100 while one is late."""
    return 100 * (line["total"] - line["overdue"]) // line["total"] if line["total"] else 100
