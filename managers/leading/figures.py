"""What other apps tell of each book, beside what stands there: slot "books.figures", a `BookFigure`. Shown once there is one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise

from crm.base.slots import contributions

SLOT = "books.figures"


class Told(NamedTuple):
    """`shown` is what people read, `url` leads to the rows of which it is made."""

    value: Decimal | int
    shown: str
    url: str


@dataclass(frozen=True)
class BookFigure:
    """`tell(managers, user)` gives what there is of the books of these managers, by their keys, within reach: one statement."""

    code: str
    label: str | Promise
    tell: Callable[[Sequence[int], Any], Mapping[int, Told]]


def book_figures() -> list[BookFigure]:
    return contributions(SLOT)
