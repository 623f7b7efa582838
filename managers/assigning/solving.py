"""How many customers of a kind each manager takes: those who are alike are counted, not named, so that the sums stay small."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from managers.assigning.programme import Programme

# first of all: to have somebody at all, then somebody who speaks the language
NOBODY, FOREIGN = 100.0, 1.0
# then, in points of used capacity: that all are at the same level, then that one has whom one knows
SPREAD, LEVEL, KNOWN = 4.0, 1.0, 0.1
OVER, MISPLACED, MOVE = 1.0, 5.0, 0.01
SECONDS, GAP = 10.0, 0.005


@dataclass(frozen=True)
class Seat:
    """A manager who may be given customers."""

    key: int
    capacity: int
    load: int


@dataclass(frozen=True)
class Lot:
    """Customers alike. `fits`: which seats may take them, and whether those speak their language; `wishes`: how many would
    rather have which. Of those who have a manager, `held` says how many by manager, `strangers` which of these are not of
    the team.
    """

    size: int
    weight: int
    fits: Mapping[int, bool]
    wishes: Mapping[int, int] = field(default_factory=dict)
    held: Mapping[int, int] = field(default_factory=dict)
    strangers: frozenset[int] = frozenset()


Counts = list[dict[int, int]]


def level_of(seats: Sequence[Seat], more: int) -> float:
    """The share of capacity to which all seats that are below it are filled by so much more load."""
    low, high = 0.0, 1.0
    for _step in range(40):
        middle = (low + high) / 2
        room = sum(max(0.0, middle * seat.capacity - seat.load) for seat in seats)
        low, high = (middle, high) if room < more else (low, middle)
    return high


def fill(lots: Sequence[Lot], seats: Sequence[Seat]) -> Counts:
    """For each lot how many go to which seat: as many as there is room for, to the same level everywhere."""
    programme, taken = Programme(), _Taken(seats)
    for lot in lots:
        left = programme.variable(most=lot.size, first=NOBODY * lot.weight, whole=True)
        row = {left: 1.0}
        for key, speaks in lot.fits.items():
            one = programme.variable(most=lot.size, first=0.0 if speaks else FOREIGN, whole=True)
            row[one] = 1.0
            if wished := min(lot.wishes.get(key, 0), lot.size):
                programme.row({programme.variable(-KNOWN, wished): 1.0, one: -1.0}, high=0.0)
            taken.add(key, one, lot.weight)
        programme.row(row, low=lot.size, high=lot.size)
        taken.end()
    _even_out(programme, taken, level_of(seats, sum(lot.size * lot.weight for lot in lots)))
    return taken.counts(programme.solve(seconds=SECONDS, gap=GAP))


def _even_out(programme: Programme, taken: "_Taken", level: float) -> None:
    """No seat over its capacity, and the fullest and the emptiest as near to each other as can be."""
    highest, lowest = programme.variable(SPREAD), programme.variable(-SPREAD, 100.0)
    for seat in taken.seats:
        variables = taken.of[seat.key]
        programme.row(variables, high=max(0, seat.capacity - seat.load))
        point, used = 100.0 / seat.capacity, 100.0 * seat.load / seat.capacity
        share = {variable: weight * point for variable, weight in variables.items()}
        programme.row(share | {highest: -1.0}, high=-used)
        if variables:
            programme.row(share | {lowest: -1.0}, low=-used)
        over, under = programme.variable(LEVEL), programme.variable(LEVEL)
        target = 100.0 * level - used
        programme.row(share | {over: -1.0, under: 1.0}, low=target, high=target)


def relieve(
    lots: Sequence[Lot], seats: Sequence[Seat], givers: Sequence[Seat], *, level: float, threshold: float, budget: int
) -> tuple[Counts, Counts]:
    """For each lot how many whom give away, and how many who take: from managers over the level by the threshold, and from
    those who are not of the team; to seats below the level, in at most `budget` moves. Nobody is taken from who speaks their
    language to who doesn't for the sake of the level: `fill` would not have done so either.
    """
    programme, given, taken = Programme(), _Taken(givers), _Taken(seats)
    for lot in lots:
        both: dict[int, float] = {}
        for key, count in lot.held.items():
            gain = MISPLACED * lot.weight if key in lot.strangers else 0.0
            both[given.add(key, programme.variable(MOVE - gain, count, whole=True), lot.weight)] = 1.0
        for key, speaks in lot.fits.items():
            if not speaks and not lot.strangers:
                continue
            both[taken.add(key, programme.variable(0.0 if speaks else FOREIGN, lot.size, whole=True), lot.weight)] = -1
        programme.row(both, low=0.0, high=0.0)
        given.end()
        taken.end()
    programme.row({one: 1.0 for row in given.rows for one in row.values()}, high=budget)
    for giver in givers:
        over = programme.variable(OVER * 100.0 / giver.capacity)
        surplus = giver.load - (level + threshold) * giver.capacity
        programme.row(given.of[giver.key] | {over: 1.0}, low=max(0.0, surplus))
    for seat in seats:
        programme.row(taken.of[seat.key], high=max(0.0, min(1.0, level) * seat.capacity - seat.load))
    values = programme.solve(seconds=SECONDS)
    return given.counts(values), taken.counts(values)


class _Taken:
    """Which variable says how many of a lot a manager takes, or gives."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self.seats = seats
        self.of: dict[int, dict[int, float]] = defaultdict(dict)
        self.rows: list[dict[int, int]] = []
        self._row: dict[int, int] = {}

    def add(self, key: int, variable: int, weight: int) -> int:
        self._row[key] = variable
        self.of[key][variable] = float(weight)
        return variable

    def end(self) -> None:
        self.rows.append(self._row)
        self._row = {}

    def counts(self, values: list[float]) -> Counts:
        """Each without zeros."""
        return [{key: int(values[one]) for key, one in row.items() if values[one] > 0.5} for row in self.rows]
