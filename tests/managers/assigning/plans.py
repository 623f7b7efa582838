"""Groups to plan with: managers, customers, and what holds of every plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from managers.assigning.candidates import Candidate, Staff
from managers.assigning.dealing import Person
from managers.assigning.planning import Plan, plan_of

TEAM = ("branch", 1)


def staff(*people: Candidate, **more) -> Staff:
    return Staff({one.key: one for one in people}, more.get("teams") or {TEAM: frozenset(one.key for one in people)})


def seat(key: int, capacity: int = 100, **more) -> Candidate:
    return Candidate(key, capacity, more.pop("is_open", True), **more)


def person(key: int, weight: int = 1, manager: int | None = None, **more) -> Person:
    return Person(key, more.pop("team", TEAM), "gold", weight, manager=manager, **more)


def loads_of(people: Sequence[Person], group: Staff) -> Counter[int]:
    found = Counter(dict.fromkeys(group.people, 0))
    for one in people:
        if one.manager is not None:
            found[one.manager] += one.weight
    return found


def planned(people: Sequence[Person], group: Staff, *, budget: int = 0, threshold: float = 0.2) -> Plan:
    return plan_of(people, group, loads_of(people, group), budget=budget, threshold=threshold)


def afterwards(people: Sequence[Person], plan: Plan) -> list[Person]:
    """The same customers on the next morning, every suggestion approved; who came to somebody new stays."""
    moved = {key: taker for key, (_giver, taker) in plan.moves.items()} | plan.assigned
    return [
        replace(one, manager=moved.get(one.key, one.manager), wishes=(), stays=one.stays or one.key in moved)
        for one in people
    ]


def spread(people: Sequence[Person], group: Staff) -> float:
    """Points of used capacity between the fullest and the emptiest of those who are open."""
    loads = loads_of(people, group)
    used = [100 * loads[one.key] / one.capacity for one in group.people.values() if one.is_open]
    return max(used) - min(used)
