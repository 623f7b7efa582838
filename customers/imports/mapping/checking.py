"""What is wrong with a mapping, as sentences beside the columns of the file."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.imports.columns import Column, Matching, Number, Reference, Word
from customers.imports.days import Day
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import NumberForm, point
from customers.imports.mapping.dates import DateForm
from customers.imports.mapping.definition import ASK, Assigned, Mapping
from customers.imports.mapping.labels import label_of
from customers.models.attributes import PREFIX

MOST_COLUMNS, MOST_VALUES, LONGEST = 300, 500, 200


@dataclass(frozen=True)
class Problem:
    """`column` is one of the file's, "" where it is none in particular."""

    column: str
    text: str


def takes_values(column: Column) -> bool:
    """Words of the file may become others: where few things may stand, not in names, numbers of accounts and notes."""
    return isinstance(column, Word | Matching | Number) or (isinstance(column, Reference) and column.key != "number")


def standing(kind: Kind, mapping: Mapping) -> Mapping:
    """Without the columns whose custom attribute is gone since: of them the mapping says nothing any more."""
    gone = {field for field in mapping.told if field.startswith(PREFIX)} - kind.names
    return Mapping({name: said for name, said in mapping.columns.items() if said.field not in gone})


def problems(kind: Kind, mapping: Mapping) -> list[Problem]:
    known = {column.name: column for column in kind.columns}
    found: list[Problem] = []
    first: dict[str, str] = {}
    for name, said in mapping.columns.items():
        if not said.field:
            continue
        if said.field not in known:
            text = _("There is no field %(field)s.") % {"field": said.field}
        elif said.field in first:
            text = _("“%(column)s” becomes this field already.") % {"column": first[said.field]}
        else:
            first[said.field] = name
            text = wrong_with(known[said.field], said)
        found += [Problem(name, text)] if text else []
    missing = [label_of(kind, column) for column in kind.columns if column.required and column.name not in first]
    if missing:
        text = _("No column of the file becomes: %(names)s. Rows can't be taken in without.")
        found.append(Problem("", text % {"names": ", ".join(missing)}))
    return found


def wrong_with(column: Column, said: Assigned) -> str:
    """The first thing, "" where nothing is."""
    if said.values and not takes_values(column):
        return _("The words of this field are taken as they are.")
    for form, type_, forms, text in (
        (said.date_form, Day, DateForm, _("This field is no date.")),
        (said.number_form, Number, NumberForm, _("This field is no amount.")),
    ):
        if form and not isinstance(column, type_):
            return text
        if form == ASK:
            return _("Choose how this is written: more than one form is possible.")
        if form and form not in forms.values:
            return _("There is no form %(form)s.") % {"form": form}
    wrong = [target for target in said.values.values() if not may_be(column, target)]
    if wrong and not wrong[0]:
        return _("This must not be empty.")
    return _("“%(target)s” can't stand in this field.") % {"target": wrong[0]} if wrong else ""


def may_be(column: Column, target: str) -> bool:
    """Whether a word of the file may become this; what names a row of another table is looked up with each file."""
    if not target:
        return not column.required
    if isinstance(column, Word):
        return target in column.words
    return point(target) is not None if isinstance(column, Number) else len(target) <= LONGEST


def parsed(columns: Any) -> Mapping:
    """A mapping from outside: of the right shape, its names as a file's header is read. Raises RuleBroken."""
    if not isinstance(columns, dict) or not columns or len(columns) > MOST_COLUMNS:
        raise _refused(_("Columns are an object: {column of the file: {field, values, date_form, number_form}}."))
    found: dict[str, Assigned] = {}
    for name, said in columns.items():
        key = name.strip().lower()
        if key in found or not 0 < len(key) <= LONGEST:
            raise _refused(_("“%(column)s” is no name of a column, or stands there twice.") % {"column": name[:60]})
        if not _is_assigned(said):
            raise _refused(_("“%(column)s” is not said as it must be.") % {"column": name[:60]})
        found[key] = Assigned(**said)
    return Mapping(found)


def _is_assigned(said: Any) -> bool:
    if not isinstance(said, dict) or set(said) - {"field", "values", "date_form", "number_form"}:
        return False
    values = said.get("values", {})
    if not isinstance(values, dict) or len(values) > MOST_VALUES or "" in values:
        return False
    texts = [said.get(name, "") for name in ("field", "date_form", "number_form")]
    texts += [*values, *values.values()]
    return all(isinstance(text, str) and len(text) <= LONGEST for text in texts)


def checked(kind: Kind, columns: Any) -> Mapping:
    """A mapping with which nothing is wrong. Raises RuleBroken."""
    mapping = parsed(columns)
    if found := problems(kind, mapping):
        raise _refused(" ".join(f"{one.column}: {one.text}" if one.column else one.text for one in found[:5]))
    return mapping


def _refused(text: str) -> RuleBroken:
    return RuleBroken(text, field="columns", code="columns")
