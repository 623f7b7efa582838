"""One input of an editor: between what is typed and what stands in the policy file, both ways, wrong texts too."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from crm.base.parsing import loaded

WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
SEPARATORS = re.compile(r"[\s,，、;；]+")
Choices = Callable[[], list[tuple[str, Any]]]


@dataclass(frozen=True)
class Field:
    """`key` is the place in the JSON, "below.amount" being inside another; what is left blank is left out.

    `unit` stands behind the input; `lowest` says whether the lowest tier has it too, `is_rare`
    that it is folded away until it is used.
    """

    key: str
    label: str | Promise
    help: str | Promise = ""
    unit: str | Promise = ""
    choices: Choices | None = None
    width: str = ""
    lowest: bool = True
    is_rare: bool = False
    widget = "text"

    def to_json(self, text: str) -> Any:
        return text.strip()

    def to_text(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value)

    def read(self, data: Any, name: str, into: dict[str, Any]) -> None:
        text = data.get(f"{name}-{self.key.replace('.', '-')}", "")
        if text.strip():
            put(into, self.key, self.to_json(text))

    def text(self, content: Mapping) -> str:
        value = taken(content, self.key)
        return "" if value is None else self.to_text(value)


class Choice(Field):
    widget = "choice"


class Whole(Field):
    widget = "number"

    def to_json(self, text: str) -> Any:
        return int(text) if WHOLE.fullmatch(text.strip()) else text.strip()


class Amount(Field):
    widget = "number"

    def to_json(self, text: str) -> Any:
        bare = text.strip()
        return bare.replace(",", "").replace("，", "") if re.fullmatch(r"\d{1,3}([,，]\d{3})+(\.\d+)?", bare) else bare


class Percent(Field):
    """A fraction in the file, a percent on the page: "0.10" is 10."""

    widget = "number"

    def to_json(self, text: str) -> Any:
        bare = text.strip().removesuffix("%").removesuffix("％").strip()
        if not NUMBER.fullmatch(bare):
            return text.strip()
        fraction = Decimal(bare).scaleb(-2).normalize()
        return f"{fraction:f}" if fraction.as_tuple().exponent < -2 else f"{fraction:.2f}"  # type: ignore[operator]  # a number

    def to_text(self, value: Any) -> str:
        if not isinstance(value, str) or not NUMBER.fullmatch(value):
            return super().to_text(value)
        return f"{Decimal(value).scaleb(2).normalize():f}"


class Tick(Field):
    widget = "tick"

    def to_json(self, text: str) -> Any:
        return True

    def text(self, content: Mapping) -> str:
        return "on" if taken(content, self.key) else ""


class Words(Field):
    """Several, with commas between them."""

    def to_json(self, text: str) -> Any:
        return [word for word in SEPARATORS.split(text) if word]

    def to_text(self, value: Any) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else super().to_text(value)


class Several(Words):
    """Any of the choices, each with a box to tick."""

    widget = "several"

    def read(self, data: Any, name: str, into: dict[str, Any]) -> None:
        """A form posts each box that is ticked, under the same name."""
        full = f"{name}-{self.key.replace('.', '-')}"
        if chosen := (data.getlist(full) if hasattr(data, "getlist") else data.get(full, [])):
            put(into, self.key, list(chosen))


def read(data: Any, name: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    """What was typed, and what stood there before under keys that no field knows: "tier-0-more"."""
    content = _more(data.get(f"{name}-more", ""), fields)
    for field in fields:
        field.read(data, name, content)
    return content


def more(content: Mapping, fields: tuple[Field, ...]) -> str:
    """The JSON of what no field shows, for a hidden input: an editor loses nothing that it doesn't know."""
    shown = {field.key.split(".")[0] for field in fields}
    left = {key: value for key, value in content.items() if key not in shown}
    return json.dumps(left) if left else ""


def _more(text: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    try:
        found = loaded(text or "{}")
    except ValueError:
        return {}
    shown = {field.key.split(".")[0] for field in fields}
    return {key: value for key, value in found.items() if key not in shown} if isinstance(found, dict) else {}


def put(content: dict[str, Any], key: str, value: Any) -> None:
    *outer, last = key.split(".")
    for part in outer:
        content = content.setdefault(part, {})
    content[last] = value


def taken(content: Any, key: str) -> Any:
    for part in key.split("."):
        content = content.get(part) if isinstance(content, Mapping) else None
    return content


@dataclass(frozen=True)
class Drawn:
    """A field as a template draws it. `wrong` is the sentence that stands beside it."""

    field: Field
    name: str
    value: str
    wrong: str

    @property
    def chosen(self) -> list[str]:
        return [word for word in SEPARATORS.split(self.value) if word]

    @property
    def boxes(self) -> list[tuple[str, Any]]:
        """The choices, and what is ticked although it is none of them."""
        known = self.field.choices() if self.field.choices else []
        return [*known, *((word, word) for word in self.chosen if word not in dict(known))]

    @property
    def options(self) -> list[tuple[str, Any]]:
        """The choices, and what is written although it is none of them."""
        known = self.field.choices() if self.field.choices else []
        return known if self.value in dict(known) else [(self.value, self.value or "–"), *known]


def draw(fields: tuple[Field, ...], content: Mapping, name: str, path: str, wrong: Mapping[str, str]) -> list[Drawn]:
    return [
        Drawn(field, f"{name}-{field.key.replace('.', '-')}", field.text(content), beside(wrong, f"{path}.{field.key}"))
        for field in fields
    ]


def beside(wrong: Mapping[str, str], place: str) -> str:
    """The first refusal of the place or of anything in it."""
    inside = (f"{place}.", f"{place}[")
    return next((text for path, text in wrong.items() if path == place or path.startswith(inside)), "")
