"""Accounts, what moves on them and what lies on them; money in cents."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Move(NamedTuple):
    on: date
    cents: int
    kind: str
    counterparty: str
    description: str


class Charge(NamedTuple):
    on: date
    fee: str
    cents: int


@dataclass
class AccountBook:
    """An account on its way through the span. `opening` lay on it when the span began (or when it was opened)."""

    number: str
    product: str
    currency: str
    branch: str
    opened_on: date
    opening: int
    holders: list[tuple[int, str, str]] = field(default_factory=list)
    closed_on: date | None = None
    moves: list[Move] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    credit_limit: int | None = None

    def move(self, on: date, yuan: float, kind: str, counterparty: str = "", description: str = "") -> None:
        cents = round(yuan * 100)
        if cents:
            self.moves.append(Move(on, cents, kind, counterparty, description))

    def charge(self, on: date, fee: str, yuan: float) -> None:
        self.charges.append(Charge(on, fee, round(yuan * 100)))

    def balances(self, first: date) -> Iterator[tuple[date, int]]:
        """What lay on it at the end of its first day in the span and of each day on which it moved."""
        held, on = self.opening, max(first, self.opened_on)
        for move in sorted(self.moves):
            if move.on != on:
                yield on, held
                on = move.on
            held += move.cents
        yield on, held

    def average(self, first: date, until: date, days: list[tuple[date, int]]) -> float:
        """The mean of the end-of-day balances from `first` to the day before `until`, from `balances`, in cents."""
        dates = [on for on, _ in days]
        total, place = 0, bisect_right(dates, first) - 1
        on = first
        while on < until:
            following = dates[place + 1] if place + 1 < len(dates) else until
            end = min(following, until)
            total += (days[place][1] if place >= 0 else 0) * (end - on).days
            on, place = end, place + 1
        return total / (until - first).days


def text_of(cents: int) -> str:
    """1234567 is 12345.67."""
    yuan, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{yuan}.{rest:02d}"
