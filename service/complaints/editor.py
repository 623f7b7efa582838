"""The complaint rules in a form: regimes of the bank's own and their stages, causes, remedies, letters."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from segmentation.editor.inputs import Choice, Field, Several, Tick, Whole
from service.complaints.definition import NAMES, PATH, Rules
from service.complaints.saying import NEEDS
from service.complaints.words import Letter
from service.editing import Group, ListsForm


class Long(Field):
    """Several lines."""

    widget = "long"

    def to_json(self, text: str) -> Any:
        return text.replace("\r\n", "\n").strip()


UNITS = (("calendar", _("calendar days")), ("business", _("business days")))
REGIME: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("name", _("Name")),
    Field("zone", _("Time zone"), _("Such as Asia/Shanghai.")),
    Field("holidays", _("Holidays of"), _("Such as CN or GB-ENG.")),
    Whole("review_days", _("Days for a review"), _("Empty: 30."), width="short"),
)
NAMED: tuple[Field, ...] = (
    Field("code", _("Code")),
    Field("name", _("Name in English")),
    Field("name_zh", _("Name in Chinese")),
)
LETTER: tuple[Field, ...] = (
    Choice("kind", _("Letter"), choices=lambda: list(Letter.choices)),
    Field("subject", _("Subject in English"), width="full"),
    Long("body", _("Text in English"), width="full"),
    Field("subject_zh", _("Subject in Chinese"), width="full"),
    Long("body_zh", _("Text in Chinese"), width="full"),
)


class RulesForm(ListsForm):
    path = PATH

    def grouped(self) -> tuple[Group, ...]:
        about = _("The regimes of China, the United Kingdom and the United States are always there.")
        letters = _("There is one of each kind. In braces: %(names)s.") % {
            "names": ", ".join(f"{{{each}}}" for each in NAMES)
        }
        return (
            Group("regime", "regimes", REGIME, _("Regimes of the bank's own"), _("Add a regime"), about),
            Group(
                "stage", "stages", self._stage(), pgettext_lazy("a complaint", "Stages"), _("Add a stage"),
                _("In order, each counted from the receipt; a stage opens once all that it needs was said in time."),
            ),
            Group("cause", "causes", NAMED, _("Root causes"), _("Add a cause")),
            Group("remedy", "remedies", NAMED, _("Remedies"), _("Add a remedy")),
            Group("letter", "letters", LETTER, _("Letters"), _("Add a letter"), letters),
        )  # fmt: skip

    def examine(self, content: dict[str, Any]) -> None:
        Rules.parse(content)

    def _stage(self) -> tuple[Field, ...]:
        return (
            Choice("regime", _("Regime"), choices=self._regimes),
            Field("code", _("Code")),
            Whole("days", _("Days"), width="short"),
            Choice("unit", _("Kind of day"), choices=lambda: list(UNITS)),
            Several("needs", pgettext_lazy("a stage", "Needs"), choices=lambda: list(NEEDS.items())),
            Tick("is_soft", _("The next stage opens by itself")),
        )

    def _regimes(self) -> list[tuple[str, Any]]:
        typed = [row for row, _when in self.lines["regimes"]]
        return [(row["code"], row.get("name") or row["code"]) for row in typed if isinstance(row.get("code"), str)]
