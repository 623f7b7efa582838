"""Service levels in a form: calendars, priorities and targets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from segmentation.editor import fields
from segmentation.editor.inputs import Choice, Field, Several, Whole
from service.clocks.calendars import ALWAYS, WEEKDAYS
from service.clocks.definition import PATH
from service.clocks.proposals import examine
from service.editing import Group, ListsForm
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


class LevelsForm(ListsForm):
    path = PATH

    def grouped(self) -> tuple[Group, ...]:
        return (
            Group(
                "calendar", "calendars", CALENDAR, _("Calendars"), _("Add a calendar"),
                _("Hours are written as 09:00-12:00, 13:00-17:30. 24x7 is always there."),
            ),
            Group(
                "priority", "priorities", PRIORITY, _("Priorities"), _("Add a priority"),
                _("The first line that picks a ticket speaks; the last one has no condition."), is_ruled=True,
            ),
            Group(
                "sla", "slas", _target(self._calendars), _("Targets"), _("Add a target"),
                _("The first line that picks a ticket speaks; the last one has no condition. Minutes are working time of the calendar."),
                is_ruled=True,
            ),
        )  # fmt: skip

    def examine(self, content: dict[str, Any]) -> None:
        examine(content)

    def _calendars(self) -> list[tuple[str, Any]]:
        typed = [row for row, _when in self.lines["calendars"]]
        own = [(row["code"], row.get("name") or row["code"]) for row in typed if isinstance(row.get("code"), str)]
        return [(ALWAYS.code, ALWAYS.name), *own]
