"""A file of other columns as the engine wants it: its columns named like the fields, its words, days and amounts in our form.

Chunk by chunk and column by column; each text that comes again is translated once. A cell that can't be translated becomes
`SUBSTITUTE`, which no column takes; of a translated column the file's own text goes along as `told_<field>`, for the errors.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from customers.imports.columns import CAREFUL, PLAIN, SUBSTITUTE, Column, Number, Word
from customers.imports.days import Day
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import NUMBERS, NumberForm
from customers.imports.mapping.dates import DATES
from customers.imports.mapping.definition import Assigned, Mapping
from customers.imports.mapping.forms import Reader
from customers.imports.reading import LINE, Chunk, Source

Translator = Callable[[list[str]], list[str]]
REMEMBERED = 50_000  # texts of a column


@dataclass
class MappedSource:
    source: Source
    mapping: Mapping
    kind: Kind
    coding: str = ""

    def __post_init__(self) -> None:
        self.coding = self.source.coding

    @property
    def header(self) -> list[str]:
        return list(self.mapping.taken.values())

    @property
    def unknown(self) -> list[str]:
        """Columns of which the mapping says nothing, not even that they are left out."""
        return [name for name in self.source.header if name not in self.mapping.columns]

    def chunks(self) -> Iterator[Chunk]:
        taken = self.mapping.taken
        translators = translators_of(self.kind, self.mapping)
        for chunk in self.source.chunks():
            frame = chunk.frame[[LINE, *taken]]
            frame.columns = [LINE, *taken.values()]
            for field, translate in translators.items():
                texts = frame[field].tolist()
                frame[f"told_{field}"] = texts
                frame[field] = translate(texts)
            yield Chunk(frame, chunk.broken, chunk.share)


def mapped_kind(kind: Kind, mapping: Mapping) -> Kind:
    """The kind with columns that know that they are translated, and that show nothing which looks like contact data."""
    said = {one.field: one for one in mapping.columns.values() if one.field}
    columns = tuple(_mapped(column, said.get(column.name)) for column in kind.columns)
    return replace(kind, columns=columns)


def _mapped(column: Column, said: Assigned | None) -> Column:
    mask = CAREFUL if column.mask == PLAIN else column.mask
    return replace(column, mask=mask, told=code_of(column, said) if said and is_translated(said) else "")


def is_translated(said: Assigned) -> bool:
    return bool(said.values or said.date_form or said.number_form)


def code_of(column: Column, said: Assigned) -> str:
    """What is wrong with a cell that could not be translated."""
    if isinstance(column, Day):
        return "date_form"
    return "amount_form" if isinstance(column, Number) and not said.values else "unmapped"


def translators_of(kind: Kind, mapping: Mapping) -> dict[str, Translator]:
    """By field, of those whose cells change."""
    columns = {column.name: column for column in kind.columns}
    said = [one for one in mapping.columns.values() if one.field and is_translated(one)]
    return {one.field: translator(columns[one.field], one) for one in said}


def translator(column: Column, said: Assigned) -> Translator:
    if isinstance(column, Day):
        return _remembering(DATES[said.date_form])
    if isinstance(column, Number):
        reader = NUMBERS[said.number_form or NumberForm.POINT.value]
        if not said.values:
            return _reading(reader)
        return _worded(said.values, lambda text: _or_substitute(reader(text)))
    if isinstance(column, Word):
        return _worded({word: word for word in column.words} | said.values, lambda text: SUBSTITUTE)
    # of other tables' keys the check says which are unknown
    return _worded(said.values, lambda text: text)


def _worded(values: dict[str, str], otherwise: Callable[[str], str]) -> Translator:
    known = {"": ""} | values
    return lambda texts: [known[text] if text in known else otherwise(text) for text in texts]


def _reading(reader: Reader) -> Translator:
    """Of texts that hardly come again."""
    return lambda texts: [
        text if not text else SUBSTITUTE if (read := reader(text)) is None else read for text in texts
    ]


def _remembering(reader: Reader) -> Translator:
    known = {"": ""}

    def translate(texts: list[str]) -> list[str]:
        if len(known) > REMEMBERED:
            known.clear()
            known[""] = ""
        for text in set(texts).difference(known):
            known[text] = _or_substitute(reader(text))
        return [known[text] for text in texts]

    return translate


def _or_substitute(text: str | None) -> str:
    return SUBSTITUTE if text is None else text
