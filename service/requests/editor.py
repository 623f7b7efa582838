"""A form of the catalogue in a form of its own: its head, and its fields below one another; every post keeps what was typed."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from segmentation.editor import inputs, rows
from segmentation.editor.inputs import Choice, Drawn, Field, Tick
from service.editing import Group, ListsForm
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
    Tick("is_retired", pgettext_lazy("a form", "No longer offered")),
)
FIELDS: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("label", _("Label")),
    Choice("type", _("Type"), choices=lambda: list(FieldType.choices)),
    WordsOfType("words", _("Currencies, product families or choices"), _("With semicolons between them.")),
    Tick("is_optional", _("Optional")),
)


class FormEditor(ListsForm):
    path = PATH

    def __init__(self, content: Any) -> None:
        super().__init__(content)
        self.head = {key: value for key, value in content.items() if key != "fields"}

    def grouped(self) -> tuple[Group, ...]:
        about = _("In the order in which they are asked.")
        return (Group(WORD, "fields", FIELDS, _("Fields"), _("Add a field"), about),)

    def examine(self, content: dict[str, Any]) -> None:
        Form.parse(content)

    @classmethod
    def read(cls, data: Any) -> "FormEditor":
        form = cls({})
        form.head = inputs.read(data, HEAD_NAME, HEAD)
        for row in rows.read(data, WORD, FIELDS):
            form.lines["fields"].append(({key: value for key, value in row.items() if key != "words"}, None))
        return form

    @property
    def content(self) -> dict[str, Any]:
        return self.head | super().content

    def drawn_head(self) -> list[Drawn]:
        return inputs.draw(HEAD, self.head, HEAD_NAME, PATH, self.problems)

    def place_of(self, path: str) -> str:
        """ "request_form.name" is in the input "form-name"."""
        key = path.removeprefix(f"{PATH}.")
        return f"{HEAD_NAME}-{key}" if key in {field.key for field in HEAD} else super().place_of(path)
