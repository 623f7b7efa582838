"""What an upload shows of itself, read once: of each column samples, the values where they are few, and the forms of its days
and amounts. Kept with the upload as JSON while its columns are mapped, so it holds nothing that an admin may not see."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from customers.imports.columns import CAREFUL, HEAD, HIDDEN, PLAIN, SHAPE, TAIL
from customers.imports.kinds import Kind
from customers.imports.mapping.amounts import TOLD, NumberForm
from customers.imports.mapping.contents import SOME, fits, known_keys, look_of
from customers.imports.mapping.dates import DATES
from customers.imports.mapping.forms import forms_of
from customers.imports.mapping.names import OTHER_WORD, score
from customers.imports.masking import shown_as
from customers.imports.reading import Source
from customers.masking import MASKS

SURVEYED = 200_000  # rows
COUNTED = 1_000  # distinct values of a column
LISTED = 50
FEW = 20  # distinct values that tell of no single row, however short the file
SAMPLES = 3
STRICTNESS = (PLAIN, CAREFUL, SHAPE, HEAD, TAIL, HIDDEN)


@dataclass(frozen=True)
class Seen:
    """A column of the file. `values` are the most frequent with their counts, none where the column may tell of single people;
    `more` counts those that are not listed. `dates`, `numbers` are the forms it may be written in, `fits` the fields that it
    may be by its content, and `mask` is how much of it may be shown whatever it becomes.
    """

    name: str
    samples: list[str] = field(default_factory=list)
    values: list[tuple[str, int]] = field(default_factory=list)
    more: int = 0
    dates: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    fits: list[str] = field(default_factory=list)
    mask: str = PLAIN

    @property
    def words(self) -> list[str]:
        return [value for value, _count in self.values]


@dataclass(frozen=True)
class Survey:
    columns: list[Seen]
    rows: int
    is_whole: bool  # every row of the file was looked at
    is_plain: bool = False  # the file can be taken in without a mapping

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Survey":
        columns = [
            Seen(**one | {"values": [(value, count) for value, count in one["values"]]}) for one in said["columns"]
        ]
        return cls(columns, said["rows"], said["is_whole"], said["is_plain"])

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def header(self) -> list[str]:
        return [seen.name for seen in self.columns]


def survey(kind: Kind, source: Source, *, is_plain: bool = False) -> Survey:
    counters: dict[str, Counter[str]] = {name: Counter() for name in source.header}
    full: set[str] = set()
    rows, is_whole = 0, True
    for chunk in source.chunks():
        if rows >= SURVEYED:
            is_whole = False
            break
        rows += len(chunk.frame)
        for name in counters.keys() - full:
            counters[name].update(chunk.frame[name].tolist())
            if len(counters[name]) > COUNTED:
                full.add(name)
    for counter in counters.values():
        del counter[""]
    looked = [list(islice(counter, SOME)) for counter in counters.values()]
    known = known_keys(kind, sorted({text for texts in looked for text in texts}))
    seen = [_seen(kind, name, counter, name in full, known) for name, counter in counters.items()]
    return Survey(seen, rows, is_whole, is_plain)


def _seen(kind: Kind, name: str, counter: Counter[str], is_full: bool, known: dict[str, set[str]]) -> Seen:
    texts = list(islice(counter, SOME))
    look = look_of(texts)
    dates = [] if look else forms_of(islice(counter, COUNTED), DATES)
    numbers = [] if look or dates else forms_of(islice(counter, COUNTED), TOLD)
    if numbers and "万" in name:
        numbers = [NumberForm.WAN.value]
    mask = mask_of(kind, name, look)
    is_few = not is_full and len(counter) <= max(FEW, counter.total() // 2)
    may_list = is_few and mask in (PLAIN, SHAPE)
    values = sorted(counter.most_common(LISTED), key=lambda pair: (-pair[1], pair[0])) if may_list else []
    return Seen(
        name=name,
        samples=[masked(look, PLAIN if may_list else mask, text) for text in texts[:SAMPLES]],
        values=values,
        more=len(counter) - len(values) if may_list else 0,
        dates=dates,
        numbers=numbers,
        fits=fits(kind, texts, look=look, dates=bool(dates), numbers=bool(numbers), known=known),
        mask=mask,
    )


def mask_of(kind: Kind, name: str, look: str) -> str:
    """As strict as the field that it looks like, or that its name says: a wrong choice on the page must not show a name."""
    named = [column for column in kind.columns if score(name, kind.name, column.name) >= OTHER_WORD]
    by_look = {"": PLAIN, "name": HEAD}.get(look, HIDDEN)
    return stricter(by_look, *(column.mask for column in named))


def stricter(*masks: str) -> str:
    return max(masks, key=STRICTNESS.index)


def masked(look: str, mask: str, text: str) -> str:
    """Of contact data a little is shown, as everywhere: 138****1234."""
    return MASKS[look](text)[:60] if look in MASKS else shown_as(mask, text)
