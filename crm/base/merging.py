"""Several sources as one list, newest first, a page at a time."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Item = TypeVar("Item")


def merged(
    ask: Callable[[int], Iterable[list[Item]]], *, moment: Callable[[Item], Any], limit: int
) -> tuple[list[Item], Any]:
    """The newest items of what `ask(most)` returns per source, and the moment to go on before; None at the end.

    Items of one moment are never parted: where more than a page share it, the page grows.
    """
    while True:
        items = sorted((item for part in ask(limit + 1) for item in part), key=moment, reverse=True)
        if len(items) <= limit:
            return items, None
        last = moment(items[limit])
        whole = [item for item in items[:limit] if moment(item) != last]
        if whole:
            return whole, moment(whole[-1])
        limit *= 4
