"""What the mapping page shows and posts: the columns of an upload, filled in from a profile or by suggestion."""

from collections.abc import Mapping as Posted
from functools import cached_property
from typing import Any

from crm.base.errors import RuleBroken
from customers.imports.kinds import Kind, kind_of
from customers.imports.mapping.checking import Problem, problems
from customers.imports.mapping.definition import Assigned, Mapping
from customers.imports.mapping.inputs import ColumnInput, codes_of, fields_of, target_of
from customers.imports.mapping.profiles import fitting
from customers.imports.mapping.services import map_and_keep, map_columns
from customers.imports.mapping.suggesting import Why, assigned, suggest, suggested
from customers.imports.mapping.survey import Seen, Survey
from customers.models import ImportBatch, ImportProfile

NONE = "none"  # asks for suggestions where a profile fits


class MappingForm:
    """`asked` is the profile that was chosen, by its key; without one the newest that fits is taken."""

    def __init__(self, batch: ImportBatch, survey: Survey, *, asked: str, data: Posted[str, str] | None = None) -> None:
        self.batch = batch
        self.survey = survey
        self.kind: Kind = kind_of(batch.kind)
        self.data = data
        self.asked = asked
        self.name = data.get("name", "").strip() if data else ""
        self.replaces = bool(data and data.get("replaces"))
        self.refusal: RuleBroken | None = None

    @cached_property
    def profiles(self) -> list[ImportProfile]:
        return fitting(self.kind.name, self.survey.header)

    @cached_property
    def profile(self) -> ImportProfile | None:
        """The one that the page begins with."""
        if self.asked == NONE or not self.profiles:
            return None
        chosen = [profile for profile in self.profiles if str(profile.pk) == self.asked]
        if chosen or self.asked:
            return chosen[0] if chosen else None
        own = [profile for profile in self.profiles if profile.pk == self.batch.profile_id]
        return own[0] if own else (None if self.batch.mapping else self.profiles[0])

    @cached_property
    def base(self) -> Mapping:
        """What stands there before anybody touches the page."""
        if self.profile:
            return self._filled(Mapping.of(self.profile.columns))
        if self.batch.mapping and self.asked != NONE:
            return self._filled(Mapping.of(self.batch.mapping))
        return suggested(self.kind, self.survey)

    @cached_property
    def mapping(self) -> Mapping:
        if self.data is None:
            return self.base
        return Mapping({seen.name: self._posted(place, seen) for place, seen in enumerate(self.survey.columns)})

    @cached_property
    def problems(self) -> list[Problem]:
        return problems(self.kind, self.mapping)

    @cached_property
    def rows(self) -> list[ColumnInput]:
        hints = suggest(self.kind, self.survey)
        found = []
        for place, seen in enumerate(self.survey.columns):
            said = self.mapping.columns[seen.name]
            hint = hints.get(seen.name)
            why = str(hint.why.label) if hint and said.field == hint.field else ""
            if self.profile and said.field and said == self.base.columns[seen.name]:
                why = str(Why.PROFILE.label)
            wrong = [problem.text for problem in self.problems if problem.column == seen.name]
            found.append(ColumnInput(self.kind, place, seen, said, why, wrong))
        return found

    @property
    def chosen(self) -> str:
        """What the page posts, so that it stays with the profile that it began with."""
        return str(self.profile.pk) if self.profile else (NONE if self.asked == NONE else "")

    @property
    def may_grow(self) -> bool:
        """Whether a column may become a field that the bank declares itself."""
        return self.kind.grown is not None

    @property
    def general(self) -> list[str]:
        return [problem.text for problem in self.problems if not problem.column]

    @property
    def fields(self) -> list[tuple[str, str, bool]]:
        return fields_of(self.kind)

    @property
    def codes(self) -> dict[str, list[tuple[str, Any]]]:
        return codes_of({row.datalist for row in self.rows if row.datalist and row.words})

    @property
    def refused(self) -> str:
        return str(self.refusal) if self.refusal and self.refusal.field != "name" else ""

    @property
    def name_refused(self) -> str:
        return str(self.refusal) if self.refusal and self.refusal.field == "name" else ""

    @property
    def is_taken(self) -> bool:
        return bool(self.refusal and self.refusal.code == "taken") or self.replaces

    def save(self, *, by: Any) -> None:
        """Raises RuleBroken; a name keeps the mapping as a profile too."""
        columns = self.mapping.as_json()
        if self.name:
            map_and_keep(batch=self.batch, columns=columns, name=self.name, replaces=self.replaces, by=by)
        else:
            map_columns(batch=self.batch, columns=columns, profile=self.profile, by=by)

    def keep(self, *, by: Any) -> None:
        """As far as it is."""
        map_columns(batch=self.batch, columns=self.mapping.as_json(), by=by)

    def _filled(self, mapping: Mapping) -> Mapping:
        """For the columns of this file; words that are new to the mapping get the meaning that is certain."""
        known = {column.name: column for column in self.kind.columns}
        found = {}
        for seen in self.survey.columns:
            said = mapping.columns.get(seen.name, Assigned())
            if said.field in known and said.values:
                meant = assigned(self.kind, known[said.field], seen).values
                said = Assigned(said.field, meant | said.values, said.date_form, said.number_form)
            found[seen.name] = said
        return Mapping(found)

    def _posted(self, place: int, seen: Seen) -> Assigned:
        """A field that was chosen just now begins with what is certain about it."""
        assert self.data is not None
        column = next((one for one in self.kind.columns if one.name == self.data.get(f"f-{place}")), None)
        before = self.base.columns[seen.name]
        if column is None:
            return Assigned()
        if self.data.get(f"was-{place}") != column.name:
            return before if before.field == column.name else assigned(self.kind, column, seen)
        values = dict(before.values) if before.field == column.name else {}
        for number, (word, _count) in enumerate(seen.values):
            typed = self.data.get(f"v-{place}-{number}")
            if typed is not None:
                values.pop(word, None)
                target = target_of(column, typed)
                values |= {} if target is None else {word: target}
        return Assigned(column.name, values, self.data.get(f"d-{place}", ""), self.data.get(f"n-{place}", ""))
