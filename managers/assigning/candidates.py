"""Who may be given customers: the one place where candidates are told from the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from crm.identity.models import Team, User
from managers.models import Absence, Leaving, Manager, ManagerProfile
from managers.staff.standards import Eligible, eligible


@dataclass(frozen=True)
class Candidate:
    """A manager of the group; `is_open` says whether new customers may come to them at all."""

    key: int
    capacity: int
    is_open: bool
    languages: frozenset[str] = frozenset()
    barred_tiers: frozenset[str] = frozenset()

    def may_take(self, tier: str) -> bool:
        return self.is_open and tier not in self.barred_tiers

    def speaks(self, language: str) -> bool:
        """Of whom nobody said which languages they speak, and of customers without one, it tells nothing."""
        return not language or not self.languages or language in self.languages


@dataclass(frozen=True)
class Staff:
    """The managers of a group, and which of them each team has: a team is ("branch", key) or ("team", key)."""

    people: dict[int, Candidate]
    teams: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def of(self, team: tuple[str, int] | None) -> list[Candidate]:
        return [self.people[key] for key in sorted(self.teams.get(team, ()))] if team else []


def open_to_customers(managers: QuerySet[Manager], on: date) -> QuerySet[Manager]:
    """Those at work, neither away on the day nor from the next one on, and who do not leave."""
    leaving = Leaving.objects.standing().filter(manager=OuterRef("pk"))
    away = Absence.objects.overlapping(on, date.fromordinal(on.toordinal() + 2)).filter(manager=OuterRef("pk"))
    return managers.filter(role=User.Role.MANAGER, is_active=True).exclude(Exists(away)).exclude(Exists(leaving))


def staff_of(branches: Iterable[int], teams: Iterable[int], on: date) -> Staff:
    """All active managers of these branches and teams, with what keeps them."""
    at_work = Manager.objects.at_work().filter(role=User.Role.MANAGER)
    members: dict[tuple[str, int], set[int]] = {}
    for key, branch in at_work.filter(branch__in=branches).values_list("pk", "branch"):
        members.setdefault(("branch", branch), set()).add(key)
    through = Team.members.through.objects.filter(team__in=teams, user__in=at_work.values("pk"))
    for team, key in through.values_list("team", "user"):
        members.setdefault(("team", team), set()).add(key)
    keys = {key for found in members.values() for key in found}
    is_open = set(open_to_customers(Manager.objects.filter(pk__in=keys), on).values_list("pk", flat=True))
    profiles = ManagerProfile.objects.in_bulk(keys)
    able = eligible(on=on, managers=Manager.objects.filter(pk__in=keys))
    people = {key: _candidate(key, profiles.get(key), able, is_open=key in is_open) for key in sorted(keys)}
    return Staff(people, {team: frozenset(found) for team, found in members.items()})


def _candidate(key: int, profile: ManagerProfile | None, able: Eligible, *, is_open: bool) -> Candidate:
    return Candidate(
        key=key,
        capacity=profile.capacity if profile else settings.CRM_BOOK_CAPACITY,
        is_open=is_open,
        barred_tiers=frozenset(tier for tier, who in able.by_tier.items() if key not in who),
        languages=frozenset(each[:2].lower() for each in profile.languages) if profile else frozenset(),
    )
