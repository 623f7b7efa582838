"""An assignment policy in words: what each tier weighs, and its rules in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm.identity.models import Branch, Team
from customers.models import Customer
from segmentation.managed.definition import Assigning, Managed, readable
from segmentation.models import Tier
from segmentation.rules import EVERYBODY, sentence
from segmentation.saying import currency_of


@dataclass(frozen=True)
class Line:
    """`customers` and `load` None where nobody has counted."""

    name: str
    who: str
    team: str
    customers: int | None = None
    load: int | None = None


@dataclass(frozen=True)
class Sheet:
    """`weights` are (tier, its code, weight)."""

    weights: tuple[tuple[str, str, int], ...]
    lines: tuple[Line, ...]
    moves: str


def sheet_of(policy: Assigning, counts: list[dict[str, Any]] | None = None) -> Sheet:
    names = _Names(policy)
    counted = {row["place"]: row for row in counts or ()}
    lines = []
    for place, each in enumerate(policy.rules):
        found = counted.get(place, {"customers": 0, "load": 0} if counts else {"customers": None, "load": None})
        lines.append(
            Line(_(each.name), names.who(each), names.team(each), customers=found["customers"], load=found["load"])
        )
    weights = tuple((names.tiers.get(code, code), code, weight) for code, weight in policy.weights.items())
    return Sheet(weights, tuple(lines), moves_of(policy))


def moves_of(policy: Assigning) -> str:
    said = {"moves": policy.max_moves, "points": policy.threshold}
    return _("At most %(moves)s moves a night, from managers over the level of their team by %(points)s points.") % said


def said_parts(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    """(heading, words) by key, for a comparison of two versions."""
    policy = readable(content)
    if policy is None:
        return {}
    sheet = sheet_of(policy)
    said: dict[Any, tuple[str, str]] = {
        ("weight", code): (_("Weight of %(tier)s") % {"tier": name}, str(weight))
        for name, code, weight in sheet.weights
    }
    for place, line in enumerate(sheet.lines, start=1):
        heading = _("Rule %(number)s, %(name)s") % {"number": place, "name": line.name}
        said["rule", line.name] = (heading, f"{place}. {line.who} → {line.team}")
    return said | {"moves": (_("Moves"), sheet.moves)}


class _Names:
    """Codes by the names that people know."""

    def __init__(self, policy: Assigning) -> None:
        self.tiers = dict(Tier.objects.values_list("code", "name"))
        self.branches = _named(Branch, [each.branch for each in policy.rules])
        self.teams = _named(Team, [each.team for each in policy.rules])

    def who(self, managed: Managed) -> str:
        """Beginning with a capital."""
        kind = managed.customer_kind
        parts = [
            str(Customer.Kind(kind).label) if kind else "",
            ", ".join(str(self.tiers.get(code, code)) for code in managed.tiers),
            "" if managed.when == EVERYBODY else sentence(managed.when, currency=currency_of(kind or "person")),
        ]
        said = "; ".join(filter(None, parts)) or _("every customer")
        return said[:1].upper() + said[1:]

    def team(self, managed: Managed) -> str:
        if managed.team:
            return _("team %(name)s") % {"name": self.teams.get(managed.team, managed.team)}
        if managed.branch:
            return _("managers of %(branch)s") % {"branch": self.branches.get(managed.branch, managed.branch)}
        return _("managers of their own branch")


def _named(model: Any, codes: list[str]) -> dict[str, str]:
    return dict(model.objects.filter(code__in=filter(None, codes)).values_list("code", "name"))
