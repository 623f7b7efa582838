"""Service levels in a form: calendars, priorities and targets below one another, with their rules, every post keeping what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from segmentation.builder import RuleForm
from segmentation.builder.form import bare
from segmentation.editor import fields, rows
from segmentation.editor.inputs import Choice, Field, Several, Whole
from segmentation.editor.rows import Row
from segmentation.rules import Purpose
from segmentation.saying import currency_of
from service.clocks.calendars import ALWAYS, WEEKDAYS
from service.clocks.definition import PATH
from service.clocks.proposals import examine
from service.words import Impact, Kind, Priority


class Hours(Field):
    """09:00-12:00, 13:00-17:30 on the page, [["09:00", "12:00"], ...] in the file; what is no hours stays as it was typed."""

    def to_json(self, text: str) -> Any:
        bare_text = text.replace("，", ",").replace("–", "-").replace("：", ":")
        return [[word.strip() for word in span.split("-")] for span in bare_text.split(",") if span.strip()]

    def to_text(self, value: Any) -> str:
        if not isinstance(value, list):
            return super().to_text(value)
        return ", ".join("-".join(map(str, span)) if isinstance(span, list) else str(span) for span in value)


DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
CALENDAR: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("name", _("Name")),
    Field("zone", _("Time zone"), _("Such as Asia/Shanghai; empty: that of the bank.")),
    Field("holidays", _("Holidays of"), _("Such as CN or GB-ENG; empty: none.")),
    *(Hours(f"hours.{day}", label) for day, label in zip(WEEKDAYS, DAYS, strict=True)),
)
PRIORITY: tuple[Field, ...] = (
    Choice("priority", _("Priority"), choices=lambda: list(Priority.choices)),
    Several("impacts", _("Impact"), choices=lambda: list(Impact.choices)),
    Several("tiers", _("Tiers"), choices=fields.tiers),
)


def _target(calendars: Any) -> tuple[Field, ...]:
    return (
        Field("name", _("Name")),
        Several("priorities", _("Priorities"), choices=lambda: list(Priority.choices)),
        Several("kinds", _("Kinds"), choices=lambda: list(Kind.choices)),
        Several("tiers", _("Tiers"), choices=fields.tiers),
        Whole("first_response_minutes", _("First response"), unit=_("min"), width="short"),
        Whole("next_response_minutes", _("Next response"), unit=_("min"), width="short"),
        Whole("solution_minutes", _("Solution"), unit=_("min"), width="short"),
        Choice("calendar", _("Calendar"), choices=calendars),
        Whole("warn_percent", _("Warn after"), unit="%", width="short"),
    )


@dataclass(frozen=True)
class Group:
    """One list of the content: the word of its inputs, its key, its fields, and whether a line may have a rule."""

    word: str
    key: str
    fields: tuple[Field, ...]
    is_ruled: bool = True


class LevelsForm:
    """`content` is as it is proposed, wrong texts included."""

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, Mapping) else {}
        self.groups = (
            Group("calendar", "calendars", CALENDAR, is_ruled=False),
            Group("priority", "priorities", PRIORITY),
            Group("sla", "slas", _target(self._calendars)),
        )
        self.lines = {
            group.key: [_split(line) for line in content.get(group.key, []) if isinstance(line, Mapping)]
            for group in self.groups
        }

    @classmethod
    def read(cls, data: Any) -> "LevelsForm":
        form = cls({})
        for group in form.groups:
            for number, row in enumerate(rows.read(data, group.word, group.fields)):
                rule = RuleForm.read(data, f"{group.word}-{number}-when", purpose=Purpose.SLA)
                form.lines[group.key].append((row, rule.tree if group.is_ruled and rule.node else None))
        return form

    def do(self, button: str) -> None:
        for group in self.groups:
            lines = self.lines[group.key]
            if rows.press(lines, group.word, button, ({}, None)):
                return
            for number, (row, when) in enumerate(lines):
                rule = self._rule(group, number)
                if group.is_ruled and rule.do(button):
                    when = rule.tree if rule.node else None
                lines[number] = (row, when)

    @property
    def content(self) -> dict[str, Any]:
        return {
            key: [row | ({"when": when} if when else {}) for row, when in lines] for key, lines in self.lines.items()
        }

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, by path: of every rule, and what is wrong first of the rest."""
        found: dict[str, str] = {}
        for group in self.groups:
            for number, (_row, when) in enumerate(self.lines[group.key]):
                found |= self._rule(group, number).refusals if when else {}
        if not found:
            try:
                examine(self.content)
            except RuleBroken as refusal:
                found[str(refusal.field)] = bare(refusal)
        return found

    def drawn(self, group: Group) -> list[Row]:
        pairs = [
            (row, self._rule(group, number) if when else None)
            for number, (row, when) in enumerate(self.lines[group.key])
        ]
        return rows.drawn(pairs, group.word, f"{PATH}.{group.key}", self.problems, rows.remembered(group.fields))

    def _rule(self, group: Group, number: int) -> RuleForm:
        _row, when = self.lines[group.key][number]
        return RuleForm.of(
            when, f"{group.word}-{number}-when", purpose=Purpose.SLA, path=f"{PATH}.{group.key}[{number}].when",
            currency=currency_of("person"), is_optional=True, is_small=True,
        )  # fmt: skip

    def _calendars(self) -> list[tuple[str, Any]]:
        typed = [row for row, _when in self.lines["calendars"]]
        own = [(row["code"], row.get("name") or row["code"]) for row in typed if isinstance(row.get("code"), str)]
        return [(ALWAYS.code, ALWAYS.name), *own]


def _split(line: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    return {key: value for key, value in line.items() if key != "when"}, line.get("when")


WORDS = {"calendars": "calendar", "priorities": "priority", "slas": "sla"}
PLACE = re.compile(rf"{PATH}\.(\w+)(?:\[(\d+)\])?")


def place_of(path: str) -> str:
    """ "service_levels.slas[1].solution_minutes" is in the row "sla-1", "service_levels.slas" under the heading "sla-title"."""
    found = PLACE.match(path)
    return f"{WORDS.get(found[1], 'sla')}-{found[2] or 'title'}" if found else "sla-title"
