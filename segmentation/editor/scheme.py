"""A tier scheme in a form, from the lowest tier to the highest."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from segmentation.builder import RuleForm
from segmentation.checks import DIRECTIONS
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Drawn, draw, more, read
from segmentation.editor.problems import problems_of, scheme_problems
from segmentation.rules import Purpose

PATH = "tier_scheme"
HEAD = (*fields.SCHEME, fields.REVIEW, fields.DATES)
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
        self.head = {key: value for key, value in content.items() if key not in ("tiers", "max_moves_percent")}
        tiers = content.get("tiers")
        own = [tier if isinstance(tier, Mapping) else {} for tier in (tiers if isinstance(tiers, list) else [])]
        self.tiers = [
            ({key: value for key, value in tier.items() if key != "when"} | _breaker(content, tier), tier.get("when"))
            for tier in own
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
        return form

    def do(self, button: str) -> None:
        """Tiers are added, moved and taken away; a new one has a condition to begin with."""
        if rows.press(self.tiers, self.word, button, ({}, RuleForm.fresh(purpose=Purpose.TIER).tree)):
            return
        for number in range(1, len(self.tiers)):
            form = self.rule(number)
            if form.do(button):
                self.tiers[number] = (self.tiers[number][0], form.tree if form.node else None)

    @property
    def content(self) -> dict[str, Any]:
        """As in a policy file. The lowest tier takes everybody, so it has neither rule nor grace."""
        tiers = []
        for number, (tier, when) in enumerate(self.tiers):
            kept = {key: value for key, value in tier.items() if number or key not in _not_of_the_lowest()}
            tiers.append(kept | ({"when": when} if number and when is not None else {}))
        return self.head | {"tiers": tiers}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        content = self.content
        found: dict[str, str] = {}
        for number in range(1, len(self.tiers)):
            found |= self.rule(number).refusals
        return found | problems_of(scheme_problems(content), found)

    def rule(self, number: int) -> RuleForm:
        return RuleForm.of(
            self.tiers[number][1],
            f"tier-{number}-when",
            purpose=Purpose.TIER,
            path=f"{PATH}.tiers[{number}].when",
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
    def rows(self) -> list[rows.Row]:
        pairs: list[tuple[dict[str, Any], RuleForm | None]] = []
        for number, (tier, _when) in enumerate(self.tiers):
            form = self.rule(number) if number else None
            for path, text in self.problems.items():
                if form and path not in form.refusals:
                    form.refuse(path, text)
            pairs.append((tier, form))
        return rows.drawn(pairs, "tier", f"{PATH}.tiers", self.problems, fields.TIER, lowest_first=True)


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
