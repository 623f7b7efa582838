"""An assignment policy, parsed from the content of a policy file or of a stored version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from segmentation.checks import customer_kind, known_keys, rule, text, tier_codes, whole
from segmentation.rules import Purpose, Rule
from segmentation.rules.validation import refuse
from segmentation.stored import Stored

PATH = "assignment_policy"
KEYS = {"weights", "rules", "max_moves", "threshold"}
WEIGHT_KEYS = {"tier", "weight"}
RULE_KEYS = {"name", "branch", "team", "customer_kind", "tiers", "when"}
MAX_WEIGHT, MAX_RULES, MAX_WEIGHTS, MAX_MOVES = 99, 50, 200, 9999
# where a policy does not say: so many moves a night over the whole bank, and so many points over the team's level
MOVES, THRESHOLD = 50, 20
T = TypeVar("T")


@dataclass(frozen=True)
class Managed:
    """Customers whom the rule picks are looked after by a team, by its code, by a branch, or, without either, by their own."""

    name: str
    when: Rule
    customer_kind: str = ""
    tiers: tuple[str, ...] = ()
    branch: str = ""
    team: str = ""


@dataclass(frozen=True)
class Assigning:
    """`rules` are asked in their order, the first that picks a customer speaks, and whom none picks has no manager by right.

    `threshold`: percentage points of used capacity over the level of the team from which a manager gives customers away.
    """

    weights: Mapping[str, int]
    rules: tuple[Managed, ...]
    max_moves: int = MOVES
    threshold: int = THRESHOLD

    @classmethod
    def parse(cls, content: Any, *, path: str = PATH) -> "Assigning":
        """By itself: whether tiers, branches and teams are known is asked elsewhere. Raises RuleBroken with a path."""
        known_keys(content, KEYS, path)
        weights = _rows(content, "weights", MAX_WEIGHTS, path, _weight)
        for place, (tier, _weighs) in enumerate(weights):
            if tier in dict(weights[:place]):
                refuse(f"{path}.weights[{place}].tier", _("“%(code)s” stands here twice.") % {"code": tier})
        return cls(
            weights=dict(weights),
            rules=_rows(content, "rules", MAX_RULES, path, _managed),
            max_moves=whole(content.get("max_moves", MOVES), 0, MAX_MOVES, f"{path}.max_moves"),
            threshold=whole(content.get("threshold", THRESHOLD), 1, 100, f"{path}.threshold"),
        )


def _rows(content: Mapping, name: str, most: int, path: str, parse: Callable[[Any, str], T]) -> tuple[T, ...]:
    written = content.get(name, [])
    if not isinstance(written, list) or len(written) > most:
        refuse(f"{path}.{name}", _("a list of at most %(count)s lines belongs here.") % {"count": most})
    return tuple(parse(row, f"{path}.{name}[{place}]") for place, row in enumerate(written))


def _weight(written: Any, path: str) -> tuple[str, int]:
    known_keys(written, WEIGHT_KEYS, path)
    text(written.get("tier"), 32, f"{path}.tier")
    return written["tier"], whole(written.get("weight"), 1, MAX_WEIGHT, f"{path}.weight")


def _managed(written: Any, path: str) -> Managed:
    known_keys(written, RULE_KEYS, path)
    text(written.get("name"), 80, f"{path}.name")
    branch, team = written.get("branch", ""), written.get("team", "")
    if branch and team:
        refuse(f"{path}.team", _("a branch or a team looks after them, not both."))
    for key, code in (("branch", branch), ("team", team)):
        if code != "":
            text(code, 32, f"{path}.{key}")
    return Managed(
        name=written["name"],
        when=rule(written.get("when"), Purpose.ASSIGNMENT, f"{path}.when"),
        customer_kind=customer_kind(written.get("customer_kind", ""), f"{path}.customer_kind"),
        tiers=tier_codes(written.get("tiers", []), f"{path}.tiers"),
        branch=branch,
        team=team,
    )


STORED = Stored(Assigning.parse, most=64)
parsed, readable = STORED.parsed, STORED.readable
