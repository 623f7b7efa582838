"""Which field each column of an unknown file may be: by its name first, then by what stands in it. No field is suggested twice."""

import re
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.imports.columns import Column, Matching, Number, Reference
from customers.imports.days import Day
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import NUMBERS, TOLD, NumberForm
from customers.imports.mapping.checking import takes_values
from customers.imports.mapping.contents import known_of
from customers.imports.mapping.definition import ASK, Assigned, Mapping
from customers.imports.mapping.names import called, score
from customers.imports.mapping.survey import Seen, Survey
from customers.imports.mapping.words import certain

BY_CONTENT, AGREES = 50, 5


class Why(models.TextChoices):
    NAME = "name", _("by its name")
    CONTENT = "content", _("by its content")
    PROFILE = "profile", _("as in the profile")


@dataclass(frozen=True)
class Suggestion:
    field: str
    why: Why


def suggest(kind: Kind, survey: Survey) -> dict[str, Suggestion]:
    """By the column of the file; the best fitting pairs first, each field and each column once."""
    offers = []
    for place, seen in enumerate(survey.columns):
        for order, column in enumerate(kind.columns):
            named = score(seen.name, kind.name, column.name) or called(seen.name, column)
            fits = column.name in seen.fits
            points = named + (AGREES if fits else 0) if named else (BY_CONTENT if fits else 0)
            if points:
                why = Why.NAME if named else Why.CONTENT
                offers.append((-points, place, order, seen.name, Suggestion(column.name, why)))
    found: dict[str, Suggestion] = {}
    taken: set[str] = set()
    for _points, _place, _order, name, suggestion in sorted(offers, key=lambda offer: offer[:3]):
        if name not in found and suggestion.field not in taken:
            found[name] = suggestion
            taken.add(suggestion.field)
    return found


def suggested(kind: Kind, survey: Survey) -> Mapping:
    """A mapping of all columns, those without a suggestion left out."""
    found = suggest(kind, survey)
    columns = {column.name: column for column in kind.columns}
    return Mapping(
        {
            seen.name: assigned(kind, columns[found[seen.name].field], seen) if seen.name in found else Assigned()
            for seen in survey.columns
        }
    )


def assigned(kind: Kind, column: Column, seen: Seen) -> Assigned:
    """The column as this field: with the form where only one is possible, and the words whose meaning is certain."""
    date_form = only(seen.dates) if isinstance(column, Day) else ""
    number_form = only(seen.numbers) if isinstance(column, Number) else ""
    words = certain(kind, column, open_words(column, number_form, seen.words)) if takes_values(column) else {}
    return Assigned(column.name, words, date_form, number_form)


def only(forms: list[str]) -> str:
    """The form of a column; "" where its cells are in none, which its rows will say."""
    return ASK if len(forms) > 1 else (forms[0] if forms else "")


def open_words(column: Column, number_form: str, words: list[str]) -> list[str]:
    """Those words of the file that the field does not take as they stand."""
    if isinstance(column, Reference):
        known = known_of(column, words)
        return [word for word in words if word not in known]
    if isinstance(column, Number):
        asked = NUMBERS[number_form or NumberForm.POINT.value] if number_form in ("", *NUMBERS) else None
        readers = [asked] if asked else list(TOLD.values())
        return [word for word in words if all(reader(word) is None for reader in readers)]
    if isinstance(column, Matching):
        return [word for word in words if not re.match(column.pattern, word)]
    return [word for word in words if word not in getattr(column, "words", ())]
