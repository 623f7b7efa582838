"""A run in shares: teams that have managers in common are planned together, each share with its part of the night's moves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from crm.jobs.models import Run
from managers.assigning.candidates import Staff, staff_of
from managers.models import AssignmentGroup, ManagedCustomer, MoveSuggestion

Team = tuple[str, int]


def groups_of(run: Run, *, on: date, budget: int) -> list[AssignmentGroup]:
    """Unsaved. What waits for a decision counts against the budget. Whoever belongs to no branch stands in a group of their own."""
    sizes: dict[Team, int] = {}
    for branch, team, count in ManagedCustomer.objects.order_by().values_list("branch", "team").annotate(n=Count("pk")):
        sizes[("team", team) if team else ("branch", branch or 0)] = count
    homeless = sizes.pop(("branch", 0), 0)
    staff = staff_of(_keys("branch", sizes), _keys("team", sizes), on)
    found = _joined(sizes, staff) + ([[]] if homeless else [])
    waiting = MoveSuggestion.objects.open().count()
    shares = _shared(max(0, budget - waiting), [sum(sizes[team] for team in teams) for teams in found])
    return [
        AssignmentGroup(
            run=run, number=number, branches=_keys("branch", teams), teams=_keys("team", teams), budget=share
        )
        for number, (teams, share) in enumerate(zip(found, shares, strict=True))
    ]


def _keys(kind: str, teams: Iterable[Team]) -> list[int]:
    return sorted(key for each, key in teams if each == kind)


def _joined(teams: Iterable[Team], staff: Staff) -> list[list[Team]]:
    """Teams by what they have in common, directly or through others."""
    of_manager: dict[int, list[Team]] = defaultdict(list)
    for team in sorted(teams):
        for manager in staff.teams.get(team, ()):
            of_manager[manager].append(team)
    found: list[list[Team]] = []
    seen: set[Team] = set()
    for first in sorted(teams):
        group, waiting = [], [first]
        while waiting:
            team = waiting.pop()
            if team not in seen:
                seen.add(team)
                group.append(team)
                waiting += [other for manager in staff.teams.get(team, ()) for other in of_manager[manager]]
        if group:
            found.append(sorted(group))
    return found


def _shared(budget: int, sizes: list[int]) -> list[int]:
    """By size, the largest remainders first; together no more than the budget."""
    total = sum(sizes)
    if not total:
        return [0] * len(sizes)
    shares = [budget * size // total for size in sizes]
    places = sorted(range(len(sizes)), key=lambda n: (-(budget * sizes[n] % total), n))
    for n in places[: budget - sum(shares)]:
        shares[n] += 1
    return shares
