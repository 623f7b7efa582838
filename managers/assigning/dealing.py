"""From numbers to names: which of the customers alike go to whom. The same question has the same answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A managed customer. `manager` is who has them and is at work; `wishes` whom they would rather have, the first first;
    `since` the day since which they have theirs, as a number.
    """

    key: int
    team: tuple[str, int] | None
    tier: str
    weight: int
    language: str = ""
    manager: int | None = None
    wishes: tuple[int, ...] = ()
    household: int | None = None
    since: int = 0
    stays: bool = False

    @property
    def kind(self) -> tuple:
        """Those of the same kind are alike to the sums."""
        return (*(self.team or ("", 0)), self.tier, self.weight, self.language)


def deal(people: Iterable[Person], counts: Mapping[int, int]) -> dict[int, int]:
    """Customer by manager: first to whom they know, then in order, so that a household stands together.

    Whom the counts do not reach is left out: the last of the order.
    """
    room = dict(counts)
    found: dict[int, int] = {}
    waiting = []
    for person in sorted(people, key=lambda one: (one.household or 0, one.key)):
        known = next((key for key in person.wishes if room.get(key)), None)
        if known is None:
            waiting.append(person)
        else:
            room[known] -= 1
            found[person.key] = known
    places = (key for key in sorted(room) for _place in range(room[key]))
    return found | {person.key: key for person, key in zip(waiting, places, strict=False)}


def give_away(people: Iterable[Person], counts: Mapping[int, int]) -> list[Person]:
    """Whom each manager gives away: those who came to them last."""
    room, found = dict(counts), []
    for person in sorted(people, key=lambda one: (-one.since, -one.key)):
        if person.manager is not None and room.get(person.manager):
            room[person.manager] -= 1
            found.append(person)
    return found
