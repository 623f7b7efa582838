"""A form of the catalogue in a form of its own: its head, and its fields below one another; every post keeps what was typed."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from segmentation.builder.form import bare
from segmentation.editor import inputs, rows
from segmentation.editor.inputs import Choice, Drawn, Field, Tick
from segmentation.editor.rows import Row
from service.requests.definition import OF_TYPE, PATH, Form
from service.requests.words import FieldType, Identity

WORD, HEAD_NAME = "field", "form"
LINES = re.compile(r"\s*[;；]\s*")


class Texts(Field):
    """Several, each of which may have blanks: with semicolons between them."""

    def to_json(self, text: str) -> Any:
        return [word for word in LINES.split(text.strip()) if word]

    def to_text(self, value: Any) -> str:
        return "; ".join(map(str, value)) if isinstance(value, list) else super().to_text(value)


class WordsOfType(Texts):
    """The one list that the type of a field has, under the key of the type."""

    def read(self, data: Any, name: str, into: dict[str, Any]) -> None:
        key = OF_TYPE.get(into.get("type", ""), "choices")
        text = data.get(f"{name}-{self.key}", "")
        if text.strip():
            into[key] = self.to_json(text)

    def text(self, content: Mapping) -> str:
        value = next((content[key] for key in OF_TYPE.values() if key in content), None)
        return "" if value is None else self.to_text(value)


HEAD: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("name", _("Name")),
    Field("about", _("Description")),
    Choice("identity", _("Identity"), choices=lambda: list(Identity.choices)),
    Field("cut_off", _("Same day until"), _("Such as 16:30; empty: all day."), width="short"),
    Field("holidays", _("Working days of"), _("Such as CN or GB-ENG; empty: every day."), width="short"),
    Tick("is_checked", _("Second pair of eyes")),
    Tick("moves_assets", _("Money leaves an account: refused to frozen customers")),
    Tick("is_suited", _("Each product has to suit the customer")),
    Tick("is_retired", _("No longer offered")),
)
FIELDS: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("label", _("Label")),
    Choice("type", _("Type"), choices=lambda: list(FieldType.choices)),
    WordsOfType("words", _("Currencies, product families or choices"), _("With semicolons between them.")),
    Tick("is_optional", _("Optional")),
)


class FormEditor:
    """`content` is as it is proposed, wrong texts included."""

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.head = {key: value for key, value in content.items() if key != "fields"}
        self.fields = [dict(each) for each in content.get("fields", []) if isinstance(each, Mapping)]

    @classmethod
    def read(cls, data: Any) -> "FormEditor":
        form = cls({})
        form.head = inputs.read(data, HEAD_NAME, HEAD)
        form.fields = [
            {key: value for key, value in row.items() if key != "words"} for row in rows.read(data, WORD, FIELDS)
        ]
        return form

    def do(self, button: str) -> None:
        rows.press(self.fields, WORD, button, {"type": str(FieldType.TEXT)})

    @property
    def content(self) -> dict[str, Any]:
        return self.head | {"fields": self.fields}

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong first, by path."""
        try:
            Form.parse(self.content)
        except RuleBroken as refusal:
            return {str(refusal.field): bare(refusal)}
        return {}

    def drawn_head(self) -> list[Drawn]:
        return inputs.draw(HEAD, self.head, HEAD_NAME, PATH, self.problems)

    def drawn_fields(self) -> list[Row]:
        pairs = [(row, None) for row in self.fields]
        return rows.drawn(pairs, WORD, f"{PATH}.fields", self.problems, rows.remembered(FIELDS))


PLACE = re.compile(rf"{PATH}\.fields\[(\d+)\]")


def place_of(path: str) -> str:
    """ "request_form.fields[1].code" is in the row "field-1", "request_form.name" in the input "form-name"."""
    if found := PLACE.match(path):
        return f"{WORD}-{found[1]}"
    key = path.removeprefix(f"{PATH}.")
    return f"{HEAD_NAME}-{key}" if key in {field.key for field in HEAD} else "field-title"
