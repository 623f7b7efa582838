"""Service standards in a form: the gold card, the benefits, what each tier gives, and who may be offered which product."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from segmentation.builder import RuleForm
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Drawn, Field, draw, more, read
from segmentation.editor.problems import problems_of, standards_problems
from segmentation.editor.rows import Row

PATH = "service_standards"
# the rows, by the word that their inputs begin with; in the policy file their list is the plural
GROUPS: dict[str, tuple[Field, ...]] = {
    "benefit": fields.BENEFIT,
    "line": fields.RIGHT,
    "product": fields.OFFER,
}
EMPTY: dict[str, Any] = {"benefits": [], "lines": [], "products": []}
# what a new row takes over from the one before it
KEPT = {"benefit": (), "line": ("tier",), "product": ("tier", "segment")}


class StandardsForm:
    """`content` is what a policy file says under "service_standards", wrong texts included."""

    path = PATH
    template = "segmentation/editor/_standards.html"

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.groups = {word: _mappings(content.get(f"{word}s")) for word in GROUPS}
        self.head = {key: value for key, value in content.items() if key.removesuffix("s") not in GROUPS}

    @classmethod
    def read(cls, data: Any) -> "StandardsForm":
        form = cls(read(data, "standards", fields.STANDARDS))
        form.groups = {word: rows.read(data, word, asked) for word, asked in GROUPS.items()}
        return form

    def do(self, button: str) -> None:
        for word, own in self.groups.items():
            last = own[-1] if own else {}
            if rows.press(own, word, button, {key: last[key] for key in KEPT[word] if key in last}):
                return

    @property
    def content(self) -> dict[str, Any]:
        return self.head | {f"{word}s": own for word, own in self.groups.items()}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path."""
        return problems_of(standards_problems(self.content), {})

    @property
    def head_inputs(self) -> list[Drawn]:
        return draw(self._with_benefits(fields.STANDARDS), self.head, "standards", PATH, self.problems)

    @property
    def more(self) -> str:
        return more(self.head, fields.STANDARDS)

    @property
    def rows(self) -> list[Row]:
        return self._drawn("line")

    @property
    def benefit_rows(self) -> list[Row]:
        return self._drawn("benefit")

    @property
    def product_rows(self) -> list[Row]:
        return self._drawn("product")

    def _drawn(self, word: str) -> list[Row]:
        pairs: list[tuple[dict[str, Any], RuleForm | None]] = [(row, None) for row in self.groups[word]]
        asked = rows.remembered(self._with_benefits(GROUPS[word]))
        return rows.drawn(pairs, word, f"{PATH}.{word}s", self.problems, asked)

    def _with_benefits(self, asked: tuple[Field, ...]) -> tuple[Field, ...]:
        """A benefit is chosen among those that stand in the form itself."""
        named = [(each.get("code"), each.get("name")) for each in self.groups["benefit"]]
        known = [(code, name if isinstance(name, str) else code) for code, name in named if isinstance(code, str)]
        return tuple(fields.among(each, known) if each.key.endswith("benefit") else each for each in asked)


def _mappings(written: Any) -> list[dict[str, Any]]:
    return [dict(row) if isinstance(row, Mapping) else {} for row in (written if isinstance(written, list) else [])]
