"""Which amounts of a table with margins must not be shown, so that no amount of a few customers can be had from it.

A line of the table says that its cells sum to its margin. Of the hidden cells taken as unknowns, one can be reckoned
exactly where it is a bridge of the graph whose points are the lines and whose edges are the hidden cells: no way leads
around it. So cells are hidden until there is no bridge, and until the hidden cells of a line hold enough customers
together, for their sum can be had.
"""

from collections.abc import Iterator, Mapping

SMALLEST = 5
Key = tuple[str, str]
Counts = Mapping[Key, int]


def hidden(counts: Counts, margin: str) -> set[Key]:
    """`counts` are the customers of each cell, margins included under the name `margin`."""
    found = {key for key, n in counts.items() if 0 < n < SMALLEST}
    while weak := _weak_lines(found, counts, margin):
        more = _next(weak, found, counts, margin)
        if more is None:
            return {key for key, n in counts.items() if n}
        found.add(more)
    return found


def _line(place: int, name: str, keys: set[Key]) -> set[Key]:
    return {key for key in keys if key[place] == name}


def _weak_lines(found: set[Key], counts: Counts, margin: str) -> list[tuple[int, str]]:
    """Lines that give something away, worst first; empty where none does."""
    lines = sorted({(place, key[place]) for key in found for place in (0, 1)})
    told = [(place, name) for place, name in lines if _tells(place, name, found, counts, margin)]
    return told or [(place, key[place]) for key in sorted(_bridges(found)) for place in (0, 1)]


def _tells(place: int, name: str, found: set[Key], counts: Counts, margin: str) -> bool:
    line = _line(place, name, found)
    if any(key[1 - place] == margin for key in line):
        return len(line) < 2
    return len(line) < 2 or sum(counts[key] for key in line) < SMALLEST


def _next(weak: list[tuple[int, str]], found: set[Key], counts: Counts, margin: str) -> Key | None:
    """The smallest shown cell of the weak lines, a margin only where there is no other."""
    shown = {key for key, n in counts.items() if n} - found
    choices = [key for place, name in weak for key in _line(place, name, shown)]
    return min(choices, key=lambda key: (key.count(margin), counts[key], key), default=None)


def _bridges(edges: set[Key]) -> Iterator[Key]:
    """Edges without which their two lines fall apart."""
    for edge in edges:
        start, end = ("row", edge[0]), ("column", edge[1])
        reached, waiting = {start}, [start]
        while waiting:
            point = waiting.pop()
            for row, column in edges - {edge}:
                pair = {("row", row), ("column", column)}
                if point in pair:
                    waiting += pair - reached
                    reached |= pair
        if end not in reached:
            yield edge
