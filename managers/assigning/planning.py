"""The plan of a group: who gets whom, who is to move, and who is left with which reason. It reads nothing and writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from managers.assigning.candidates import Candidate, Staff
from managers.assigning.dealing import Person, deal, give_away
from managers.assigning.solving import Lot, Seat, fill, relieve
from managers.models import ManagedCustomer

Reason = ManagedCustomer.Reason


@dataclass
class Plan:
    """`assigned` manager by customer; `moves` (giver, taker) by customer; `left` reason by customer."""

    assigned: dict[int, int] = field(default_factory=dict)
    moves: dict[int, tuple[int, int]] = field(default_factory=dict)
    left: dict[int, str] = field(default_factory=dict)


def plan_of(people: Sequence[Person], staff: Staff, loads: Mapping[int, int], *, budget: int, threshold: float) -> Plan:
    """`loads` are what managers carry, with what was suggested before; `threshold` a share of capacity over the level."""
    plan = Plan()
    _place([one for one in people if one.manager is None], staff, loads, plan)
    if budget:
        now = Counter(loads)
        weights = {one.key: one.weight for one in people}
        for key, manager in plan.assigned.items():
            now[manager] += weights[key]
        held = [one for one in people if one.manager is not None and not one.stays]
        _move(held, staff, now, plan, budget=budget, threshold=threshold)
    return plan


def _place(people: list[Person], staff: Staff, loads: Mapping[int, int], plan: Plan) -> None:
    """Whom nobody looks after."""
    kinds = _kinds(people)
    seats = _seats(staff, loads)
    lots = {kind: _lot(some, staff) for kind, some in kinds.items()}
    asked = [kind for kind, lot in lots.items() if lot.fits]
    counts = dict(zip(asked, fill([lots[kind] for kind in asked], seats), strict=True)) if asked else {}
    for kind, some in kinds.items():
        dealt = deal(some, counts.get(kind, {}))
        plan.assigned |= dealt
        reason = _reason(some[0], staff) if len(dealt) < len(some) else ""
        plan.left |= {one.key: reason for one in some if one.key not in dealt}


def _move(
    people: list[Person], staff: Staff, loads: Mapping[int, int], plan: Plan, *, budget: int, threshold: float
) -> None:
    """Whom another one should look after. Who is away gives nobody: to give would lift the level of those who are there, and with
    it what they take the night after.
    """
    seats = _seats(staff, loads)
    if not seats:
        return
    strangers = [one for one in people if one.team and one.manager not in staff.teams.get(one.team, ())]
    load = sum(seat.load for seat in seats) + sum(one.weight for one in strangers)
    level = load / sum(seat.capacity for seat in seats)
    givers = [seat for seat in seats if seat.load > (level + threshold) * seat.capacity]
    over = {giver.key for giver in givers}
    givers += [Seat(key, 1, 0) for key in sorted({one.manager for one in strangers if one.manager} - over)]
    known = {giver.key for giver in givers}
    far = {one.key for one in strangers}
    kinds = _kinds((one for one in people if one.key in far or one.manager in over), apart=far)
    lots = {kind: _lot(some, staff) for kind, some in kinds.items()}
    asked = [kind for kind, lot in lots.items() if lot.fits and known & set(lot.held)]
    if not asked:
        return
    given, taken = relieve(
        [lots[kind] for kind in asked], seats, givers, level=level, threshold=threshold, budget=budget
    )
    for kind, gives, takes in zip(asked, given, taken, strict=True):
        going = {one.key: one for one in give_away(kinds[kind], gives)}
        for key, taker in deal(going.values(), takes).items():
            plan.moves[key] = (going[key].manager or 0, taker)


def _seats(staff: Staff, loads: Mapping[int, int]) -> list[Seat]:
    return [Seat(one.key, one.capacity, loads.get(one.key, 0)) for one in staff.people.values() if one.is_open]


def _kinds(people: Iterable[Person], apart: Collection[int] = ()) -> dict[tuple, list[Person]]:
    """Those who are alike; some by their keys are kept apart from the others."""
    found: dict[tuple, list[Person]] = defaultdict(list)
    for one in people:
        found[one.key in apart, *one.kind].append(one)
    return {kind: found[kind] for kind in sorted(found)}


def _lot(people: list[Person], staff: Staff) -> Lot:
    first, held = people[0], Counter(one.manager for one in people if one.manager is not None)
    team = staff.teams.get(first.team, frozenset()) if first.team else frozenset()
    return Lot(
        size=len(people),
        weight=first.weight,
        fits=_fits(staff.of(first.team), first),
        wishes=Counter(one.wishes[0] for one in people if one.wishes),
        held=held,
        strangers=frozenset(held) - team,
    )


def _fits(team: list[Candidate], person: Person) -> dict[int, bool]:
    """Where nobody speaks the language, it tells nobody apart."""
    fit = [one for one in team if one.may_take(person.tier)]
    speaks = {one.key: one.speaks(person.language) for one in fit}
    return speaks if any(speaks.values()) else dict.fromkeys(speaks, True)


def _reason(person: Person, staff: Staff) -> str:
    team = staff.of(person.team)
    if person.team is None:
        return Reason.NO_BRANCH
    if not team:
        return Reason.NOBODY
    if not any(one.is_open for one in team):
        return Reason.AWAY
    return Reason.FULL if any(one.may_take(person.tier) for one in team) else Reason.UNFIT


def with_kin(people: Sequence[Person]) -> list[Person]:
    """The same, who would rather have the manager of their household where they never had one who may come back."""
    kin: dict[int, Counter[int]] = defaultdict(Counter)
    for one in people:
        if one.household and one.manager:
            kin[one.household][one.manager] += 1
    found = []
    for one in people:
        theirs = kin.get(one.household) if one.household and one.manager is None else None
        first = theirs.most_common(1)[0][0] if theirs else None
        found.append(replace(one, wishes=(*one.wishes, first)) if first else one)
    return found
