"""What a column of a file may hold, as SQL: what is wrong with a cell, its typed value, and how much of it may be shown.

`s` is the staged row (all text, never NULL); `r_<name>` is what a join found for the cell; `e_<name>` is the code of
what is wrong, NULL where nothing is; `v_<name>` is the typed value.
"""

from dataclasses import dataclass, field

from django.db import models

PLAIN, SHAPE, TAIL, HEAD, HIDDEN, CAREFUL = "plain", "shape", "tail", "head", "hidden", "careful"
# an address of e-mail, nine digits in a row, a telephone number with blanks or a dialling code
LOOKS_LIKE_CONTACT = "@|[0-9]{9}|1[3-9][0-9][ -][0-9]{4}|0[0-9]{2,3}-[0-9]{7}"
_LOOKS = LOOKS_LIKE_CONTACT.replace("{", "{{").replace("}", "}}")
TAILED = "CASE WHEN length({0}) > 6 THEN '****' || right({0}, 4) WHEN {0} <> '' THEN '****' ELSE '' END"
SHOWN_IN_SQL = {
    PLAIN: "left({0}, 60)",
    SHAPE: "left(regexp_replace({0}, '[0-9]', '9', 'g'), 60)",
    TAIL: TAILED,
    HEAD: "CASE WHEN {0} <> '' THEN left({0}, 1) || '****' ELSE '' END",
    HIDDEN: "CASE WHEN {0} <> '' THEN '****' ELSE '' END",
    # of a column that somebody mapped, perhaps wrongly: plain, unless it looks like contact data
    CAREFUL: f"CASE WHEN {{0}} ~ '{_LOOKS}' THEN {TAILED} ELSE left({{0}}, 60) END",
}
SUBSTITUTE = "\x1a"  # stands in the stage for a cell of the file that could not be translated


@dataclass(frozen=True)
class Column:
    """Text of at most `limit` characters. `target` is the column that it fills, "" where another step does."""

    name: str
    target: str = ""
    required: bool = False
    limit: int = 200
    empty: str = "''"
    mask: str = PLAIN
    writes: str = ""  # what is written, over the checked row `r`; else the typed value
    label: str = field(default="", compare=False)  # what people call it, where no field of the record does
    told: str = ""  # of a translated column: the code of a cell that could not be; the file's own stands in told_<name>

    @property
    def written(self) -> str:
        return self.writes or f'r."v_{self.name}"'

    @property
    def staged(self) -> str:
        return f's."{self.name}"'

    def before(self) -> str | None:
        """A statement to run before the check."""
        return None

    def join(self) -> str:
        return ""

    def found(self) -> str:
        """What the join found, for the outer select; "" where there is no join."""
        return ""

    def problems(self) -> list[tuple[str, str]]:
        """(code, condition) pairs for a cell that is not empty, in order."""
        return [("too_long", f"length({self.staged}) > {self.limit}")]

    def problem(self) -> str:
        """The code of the first thing wrong, as an expression."""
        found = [(self.told, f"{self.staged} = chr({ord(SUBSTITUTE)})")] if self.told else []
        cases = " ".join(f"WHEN {condition} THEN '{code}'" for code, condition in found + self.problems())
        if self.required:
            return f"CASE WHEN {self.staged} = '' THEN 'required' {cases} END"
        return f"CASE WHEN {self.staged} = '' THEN NULL {cases} END" if cases else "NULL"

    def typed(self) -> str:
        """The value of a cell with which nothing is wrong, over the inner select; NULL where the cell is empty."""
        return f"nullif(\"{self.name}\", '')"

    def value(self) -> str:
        typed = f'CASE WHEN "e_{self.name}" IS NULL THEN {self.typed()} END'
        return typed if self.required or self.empty == "NULL" else f"coalesce({typed}, {self.empty})"

    def shown(self) -> str:
        """As the file has it."""
        cell = f's."told_{self.name}"' if self.told else self.staged
        return SHOWN_IN_SQL[self.mask].format(f"coalesce({cell}, '')")


@dataclass(frozen=True)
class Word(Column):
    """One of a few words; an empty cell means the first of `default`, or nothing. `labels` are what people call them."""

    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = field(default=(), compare=False)

    def problems(self) -> list[tuple[str, str]]:
        listed = ", ".join(f"'{word}'" for word in self.words)
        return [("choice", f"{self.staged} NOT IN ({listed})")]


def word(name: str, choices: type[models.TextChoices], *, default: str = "", required: bool = False) -> Word:
    empty, words, labels = f"'{default}'", tuple(choices.values), tuple(choices.labels)
    return Word(name, name, required, empty=empty, words=words, labels=labels)


@dataclass(frozen=True)
class Matching(Column):
    """Text of a shape, given as a regular expression."""

    pattern: str = ""
    code: str = "shape"

    def problems(self) -> list[tuple[str, str]]:
        return [(self.code, f"{self.staged} !~ '{self.pattern}'")]


@dataclass(frozen=True)
class Number(Column):
    """A decimal point, no thousands separators, no exponent; at most `digits` after the point (an expression)."""

    empty: str = "NULL"
    mask: str = SHAPE
    digits: str = "2"
    code: str = "amount"
    least: str | None = None
    most: str | None = None
    whole: int = 16

    def problems(self) -> list[tuple[str, str]]:
        cell = self.staged
        signs = f"translate({cell}, '0123456789', '')"
        # CASE stops at the first that holds, so the casts below see only numbers
        found = [
            (self.code, f"{signs} NOT IN ('.', '', '-', '-.') OR NOT pg_input_is_valid({cell}, 'numeric')"),
            (self.code, f"length({cell}) > {self.whole} AND length(split_part({cell}, '.', 1)) > {self.whole}"),
            ("digits", f"length(split_part({cell}, '.', 2)) > {self.digits}"),
        ]
        if self.least is not None:
            found.append(("too_small", f"{cell}::numeric < {self.least}"))
        if self.most is not None:
            found.append(("too_large", f"{cell}::numeric > {self.most}"))
        return found

    def typed(self) -> str:
        return f"nullif(\"{self.name}\", '')::numeric"


@dataclass(frozen=True)
class Reference(Column):
    """The key of a row that must be there already; `code` is what an unknown one is called."""

    empty: str = "NULL"
    table: str = ""
    key: str = "number"
    code: str = ""
    only: str = ""
    found_as: str = ""  # what is meant by the row `{0}` that was found, where that is not the row itself

    def join(self) -> str:
        only = f" AND {self.only}" if self.only else ""
        return f'LEFT JOIN {self.table} "j_{self.name}" ON "j_{self.name}".{self.key} = {self.staged}{only}'

    def found(self) -> str:
        row = f'"j_{self.name}"'
        return self.found_as.format(row) if self.found_as else f"{row}.id"

    def problems(self) -> list[tuple[str, str]]:
        return [(self.code, f"{self.found()} IS NULL")]

    def typed(self) -> str:
        return f'"r_{self.name}"'
