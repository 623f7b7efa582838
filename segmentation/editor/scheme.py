"""A tier scheme in a form, from the lowest tier to the highest."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from segmentation.builder import RuleForm
from segmentation.checks import DIRECTIONS
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Drawn, draw, more, read
from segmentation.editor.problems import problems_of, scheme_problems
from segmentation.editor.rows import Row
from segmentation.rules import Purpose

PATH = "tier_scheme"
HEAD = (*fields.SCHEME, fields.REVIEW, fields.DATES)
OWN = ("tiers", "points", "max_moves_percent")
EMPTY: dict[str, Any] = {
    "customer_kind": "person",
    "currency": "",
    "measure": "aum_month_average",
    "review": "monthly",
    "tiers": [{"code": "standard", "name": "Standard"}],
}


class SchemeForm:
    """`content` is what a policy file says under "tier_scheme", wrong texts included."""

    path = PATH
    word = "tier"
    template = "segmentation/editor/_scheme.html"

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.head = {key: value for key, value in content.items() if key not in OWN}
        tiers = content.get("tiers")
        own = [tier if isinstance(tier, Mapping) else {} for tier in (tiers if isinstance(tiers, list) else [])]
        self.tiers = [
            ({key: value for key, value in tier.items() if key != "when"} | _breaker(content, tier), tier.get("when"))
            for tier in own
        ]
        lines = content.get("points")
        given = [line if isinstance(line, Mapping) else {} for line in (lines if isinstance(lines, list) else [])]
        self.points = [
            ({key: value for key, value in line.items() if key != "when"}, line.get("when")) for line in given
        ]

    @classmethod
    def read(cls, data: Any) -> "SchemeForm":
        head = read(data, "scheme", HEAD)
        head.pop("dates", None)
        head["review"] = _review(data)
        form = cls(head)
        for number, tier in enumerate(rows.read(data, cls.word, fields.TIER)):
            rule = RuleForm.read(data, f"tier-{number}-when", purpose=Purpose.TIER)
            form.tiers.append((tier, rule.tree if rule.node else None))
        for number, line in enumerate(rows.read(data, "point", fields.POINTS)):
            rule = RuleForm.read(data, f"point-{number}-when", purpose=Purpose.TIER)
            form.points.append((line, rule.tree if rule.node else None))
        return form

    def do(self, button: str) -> None:
        """Tiers are added, moved and taken away; a new one has a condition to begin with."""
        if rows.press(self.tiers, self.word, button, ({}, RuleForm.fresh(purpose=Purpose.TIER).tree)):
            return
        if rows.press(self.points, "point", button, ({}, None)):
            return
        for number in range(1, len(self.tiers)):
            form = self.rule(number)
            if form.do(button):
                self.tiers[number] = (self.tiers[number][0], form.tree if form.node else None)
        for number in range(len(self.points)):
            form = self.rule(number, "point")
            if form.do(button):
                self.points[number] = (self.points[number][0], form.tree if form.node else None)

    @property
    def content(self) -> dict[str, Any]:
        """As in a policy file. The lowest tier takes everybody, so it has neither rule nor grace."""
        tiers = []
        for number, (tier, when) in enumerate(self.tiers):
            kept = {key: value for key, value in tier.items() if number or key not in _not_of_the_lowest()}
            tiers.append(kept | ({"when": when} if number and when is not None else {}))
        points = [line | ({} if when is None else {"when": when}) for line, when in self.points]
        return self.head | {"tiers": tiers} | ({"points": points} if points else {})

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        content = self.content
        found: dict[str, str] = {}
        for number in range(1, len(self.tiers)):
            found |= self.rule(number).refusals
        for number, (_line, when) in enumerate(self.points):
            found |= self.rule(number, "point").refusals if when is not None else {}
        return found | problems_of(scheme_problems(content), found)

    def rule(self, number: int, word: str = "tier") -> RuleForm:
        rules = self.tiers if word == "tier" else self.points
        return RuleForm.of(
            rules[number][1],
            f"{word}-{number}-when",
            purpose=Purpose.TIER,
            path=f"{PATH}.{word}s[{number}].when",
            currency=_text(self.head.get("currency")),
            customer_kind=_text(self.head.get("customer_kind")),
            is_small=True,
        )

    @property
    def head_inputs(self) -> list[Drawn]:
        review = self.head.get("review")
        dates = review if isinstance(review, Mapping) else {}
        shown = self.head | {"review": "dates" if isinstance(review, Mapping) else review, "dates": dates.get("dates")}
        wrong = dict(self.problems)
        for path in [path for path in wrong if path.startswith(f"{PATH}.review.")]:
            wrong[f"{PATH}.dates"] = wrong.pop(path)
        return draw(HEAD, shown, "scheme", PATH, wrong)

    @property
    def more(self) -> str:
        return more(self.head, HEAD)

    @property
    def rows(self) -> list[Row]:
        pairs: list[tuple[dict[str, Any], RuleForm | None]] = []
        for number, (tier, _when) in enumerate(self.tiers):
            form = self.rule(number) if number else None
            for path, text in self.problems.items():
                if form and path not in form.refusals:
                    form.refuse(path, text)
            pairs.append((tier, form))
        asked = rows.remembered(fields.TIER)
        return rows.drawn(pairs, "tier", f"{PATH}.tiers", self.problems, asked, lowest_first=True)

    @property
    def point_rows(self) -> list[Row]:
        pairs = [
            (line, None if when is None else self.rule(number, "point"))
            for number, (line, when) in enumerate(self.points)
        ]
        return rows.drawn(pairs, "point", f"{PATH}.points", self.problems, rows.remembered(fields.POINTS))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _not_of_the_lowest() -> set[str]:
    return {field.key.split(".")[0] for field in fields.TIER if not field.lowest}


def _review(data: Any) -> Any:
    if data.get("scheme-review") != "dates":
        return data.get("scheme-review", "")
    return {"dates": fields.DATES.to_json(data.get("scheme-dates", ""))}


def _breaker(scheme: Mapping, tier: Mapping) -> dict[str, Any]:
    """The scheme's own breaker is said at each tier; what the tier says itself comes first."""
    shared, code = scheme.get("max_moves_percent"), tier.get("code")
    if isinstance(shared, Mapping) and not set(shared) <= set(DIRECTIONS):
        shared = shared.get(code)
    both = _directions(shared) | _directions(tier.get("max_moves_percent"))
    return {"max_moves_percent": both} if both else {}


def _directions(written: Any) -> dict[str, Any]:
    if written is None:
        return {}
    return dict(written) if isinstance(written, Mapping) else dict.fromkeys(DIRECTIONS, written)
