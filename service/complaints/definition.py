"""How the bank deals with complaints, parsed: regimes of its own, causes and remedies to choose from, and its letters in both languages.

Content: {"regimes": [{"code": "sg", "name": "Singapore", "zone": "Asia/Singapore", "holidays": "SG", "review_days": 30}],
          "stages": [{"regime": "sg", "code": "answer", "days": 20, "unit": "business", "needs": [], "is_soft": false}],
          "causes": [{"code": "waiting", "name": "Long wait", "name_zh": "..."}], "remedies": [as causes],
          "letters": [{"kind": "final", "subject": "...", "body": "Dear {customer}, ...", "subject_zh": "...", "body_zh": "..."}]}.
The packs of China, the United Kingdom and the United States are always there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from segmentation.checks import codeword, known_keys, one_of, text
from segmentation.rules.validation import refuse
from segmentation.stored import Stored
from service.complaints.regimes import KEYS, STAGE_KEYS, Regime, packs, stage_of
from service.complaints.words import Letter

PATH = "complaint_rules"
PARTS = ("regimes", "stages", "causes", "remedies", "letters")
MOST_LINES, LONGEST = 100, 4_000
# what a letter may say in braces
NAMES = ("bank", "customer", "number", "subject", "received_on", "due_on", "words")


@dataclass(frozen=True)
class Named:
    """A cause or a remedy."""

    code: str
    name: str
    name_zh: str

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name


@dataclass(frozen=True)
class Template:
    subject: str
    body: str
    subject_zh: str
    body_zh: str

    def in_language(self, language: str) -> tuple[str, str]:
        return (self.subject_zh, self.body_zh) if language.startswith("zh") else (self.subject, self.body)


@dataclass(frozen=True)
class Rules:
    """`regimes` are the bank's own, by code and written as a pack is."""

    regimes: Mapping[str, dict[str, Any]]
    causes: Mapping[str, Named]
    remedies: Mapping[str, Named]
    letters: Mapping[str, Template]

    @classmethod
    def parse(cls, content: Any, *, path: str = PATH) -> "Rules":
        """Raises RuleBroken with a path."""
        known_keys(content, set(PARTS), path)
        lines = {name: _lines(content.get(name, []), f"{path}.{name}") for name in PARTS}
        letters = [_letter(line, f"{path}.letters[{place}]") for place, line in enumerate(lines["letters"])]
        if sorted(kind for kind, _template in letters) != sorted(Letter.values):
            refuse(
                f"{path}.letters",
                _("there is one letter of each kind: %(words)s.") % {"words": ", ".join(Letter.values)},
            )
        return cls(
            regimes=_regimes(lines, path),
            causes=_named(lines["causes"], f"{path}.causes"),
            remedies=_named(lines["remedies"], f"{path}.remedies"),
            letters=dict(letters),
        )


def _lines(written: Any, path: str) -> list[Any]:
    if not isinstance(written, list) or len(written) > MOST_LINES:
        refuse(path, _("a list of at most %(count)s lines belongs here.") % {"count": MOST_LINES})
    return list(written)


def _regimes(lines: Mapping[str, list[Any]], path: str) -> dict[str, dict[str, Any]]:
    stages: dict[Any, list[dict[str, Any]]] = {}
    for place, line in enumerate(lines["stages"]):
        at = f"{path}.stages[{place}]"
        known_keys(line, STAGE_KEYS | {"regime"}, at)
        stage = {key: value for key, value in line.items() if key != "regime"}
        stage_of(stage, at)
        one_of(
            line.get("regime"),
            [str(each.get("code")) for each in lines["regimes"] if isinstance(each, Mapping)],
            f"{at}.regime",
        )
        stages.setdefault(line["regime"], []).append(stage)
    found: dict[str, dict[str, Any]] = {}
    for place, line in enumerate(lines["regimes"]):
        at = f"{path}.regimes[{place}]"
        known_keys(line, KEYS - {"stages"}, at)
        code = codeword(line.get("code"), f"{at}.code")
        _refuse_twice(code, {*found, *packs()}, f"{at}.code")
        found[code] = {**line, "stages": stages.get(code, [])}
        Regime.parse(found[code], path=at)
    return found


def _named(lines: list[Any], path: str) -> dict[str, Named]:
    """At least one: a complaint ends with a cause and a remedy."""
    found: dict[str, Named] = {}
    for place, line in enumerate(lines):
        at = f"{path}[{place}]"
        known_keys(line, {"code", "name", "name_zh"}, at)
        code = codeword(line.get("code"), f"{at}.code")
        _refuse_twice(code, set(found), f"{at}.code")
        for name in ("name", "name_zh"):
            text(line.get(name), 80, f"{at}.{name}")
        found[code] = Named(code, line["name"], line["name_zh"])
    if not found:
        refuse(path, _("at least one line belongs here."))
    return found


def _letter(line: Any, path: str) -> tuple[str, Template]:
    known_keys(line, {"kind", "subject", "body", "subject_zh", "body_zh"}, path)
    one_of(line.get("kind"), list(Letter.values), f"{path}.kind")
    for name in ("subject", "subject_zh"):
        text(line.get(name), 120, f"{path}.{name}")
        _braces(line[name], f"{path}.{name}")
    for name in ("body", "body_zh"):
        _body(line.get(name), f"{path}.{name}")
    return line["kind"], Template(*(line[name] for name in ("subject", "body", "subject_zh", "body_zh")))


def _body(value: Any, path: str) -> None:
    if (
        not isinstance(value, str)
        or not 1 <= len(value.strip()) <= LONGEST
        or not value.replace("\n", " ").isprintable()
    ):
        refuse(path, _("a text of 1 to %(count)s characters belongs here.") % {"count": LONGEST})
    _braces(value, path)


def _braces(value: str, path: str) -> None:
    try:
        asked = [(name, form, turned) for _text, name, form, turned in Formatter().parse(value) if name is not None]
    except ValueError:
        asked = [("", "", None)]
    if any(name not in NAMES or form or turned for name, form, turned in asked):
        known = ", ".join(f"{{{name}}}" for name in NAMES)
        refuse(path, _("in braces there is one of %(names)s.") % {"names": known})


def _refuse_twice(code: str, known: set[str], path: str) -> None:
    if code in known:
        refuse(path, _("“%(code)s” stands here twice.") % {"code": code})


STORED = Stored(Rules.parse, most=64)
parsed, readable = STORED.parsed, STORED.readable
