"""Several of the same in a form, one below the other: the tiers of a scheme, the lines of a policy."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from segmentation.builder import RuleForm
from segmentation.editor import inputs
from segmentation.editor.inputs import Drawn, Field, draw


def remembered(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The same, whose choices are asked once for all the rows of a page."""
    return tuple(replace(field, choices=cache(field.choices)) if field.choices else field for field in fields)


@dataclass(frozen=True)
class Row:
    """A tier or a line: its inputs, and the form of its rule where it has one."""

    number: int
    name: str
    content: dict[str, Any]
    more: str
    inputs: list[Drawn]
    rare: list[Drawn]
    rule: RuleForm | None
    wrong: str
    is_first: bool
    is_last: bool

    @property
    def is_rare_used(self) -> bool:
        return any(each.value or each.wrong for each in self.rare)


def read(data: Any, word: str, fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    """The rows that were posted, in their order: "tier-0-code", "tier-1-code"; each is known by its `here`."""
    found: list[dict[str, Any]] = []
    while f"{word}-{len(found)}-here" in data:
        found.append(inputs.read(data, f"{word}-{len(found)}", fields))
    return found


def press(rows: list[Any], word: str, button: str, new: Any) -> bool:
    """`button` is "tier-add", "tier-up:2", "tier-down:2", "tier-remove:2"; whether it was one of these rows."""
    act, _colon, number = button.removeprefix(f"{word}-").partition(":")
    if not button.startswith(f"{word}-") or act not in ("add", "up", "down", "remove"):
        return False
    at = int(number) if number.isdecimal() else -1
    if act == "add":
        rows.append(new)
    elif 0 <= at < len(rows):
        row = rows.pop(at)
        if act != "remove":
            rows.insert(max(at - 1, 0) if act == "up" else at + 1, row)
    return True


def drawn(
    rows: list[tuple[dict[str, Any], RuleForm | None]],
    word: str,
    path: str,
    wrong: dict[str, str],
    fields: tuple[Field, ...],
    *,
    lowest_first: bool = False,
) -> list[Row]:
    found = []
    for number, (content, rule) in enumerate(rows):
        name, place = f"{word}-{number}", f"{path}[{number}]"
        asked = tuple(field for field in fields if field.lowest or not lowest_first or number)
        shown = draw(asked, content, name, place, wrong)
        found.append(
            Row(
                number=number,
                name=name,
                content=content,
                more=inputs.more(content, fields),
                inputs=[each for each in shown if not each.field.is_rare],
                rare=[each for each in shown if each.field.is_rare],
                rule=rule,
                wrong=wrong.get(place, ""),
                is_first=number == 0,
                is_last=number == len(rows) - 1,
            )
        )
    return found
