"""What a plan does: who was uncovered is assigned, who would move is suggested, who is left has a reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.sql import run_sql
from crm.identity.models import User
from crm.identity.services.alerts import notify
from crm.identity.services.heads import heads_of
from customers.services.managers import assign_managers
from managers.assigning.candidates import Staff
from managers.assigning.dealing import Person
from managers.assigning.planning import Plan, Reason
from managers.assigning.reading import GIVEN, Book
from managers.models import AssignmentGroup, BookChange, MoveSuggestion

SQL = Path(__file__).parent / "sql"
NIGHT = "night"


def carry_out(plan: Plan, group: AssignmentGroup, people: Sequence[Person], staff: Staff, *, at: datetime) -> None:
    """Somebody whose record is being changed is left for the next night."""
    users = User.objects.in_bulk(set(plan.assigned.values()))
    asked = {customer: users[manager] for customer, manager in plan.assigned.items()}
    done = assign_managers(managers=asked, by=NIGHT, at=at, reason=GIVEN) if asked else set()
    for key in asked.keys() - done:
        del plan.assigned[key]
        plan.left[key] = Reason.BUSY
    known = {one.key: one for one in people}
    MoveSuggestion.objects.bulk_create(
        [
            MoveSuggestion(
                customer_id=key,
                giver_id=giver,
                taker_id=taker,
                why=_why(known[key], staff),
                weight=known[key].weight,
                run_id=group.run_id,
                made_at=at,
            )
            for key, (giver, taker) in plan.moves.items()
        ],
        batch_size=2_000,
    )
    left = {"left": list(plan.left), "reasons": [str(reason) for reason in plan.left.values()]}
    run_sql(SQL / "reasons.sql", customers=list(known), **left)
    tell_takers(Counter(users[key] for key in plan.assigned.values()), at)


def _why(person: Person, staff: Staff) -> str:
    is_theirs = person.team is not None and person.manager in staff.teams.get(person.team, ())
    return MoveSuggestion.Why.LEVEL if is_theirs else MoveSuggestion.Why.TEAM


def tell_takers(counts: Mapping[User, int], at: datetime) -> None:
    """How many customers came to each."""
    for user in sorted(counts, key=attrgetter("pk")):
        text = ngettext("%(count)s customer came to your book.", "%(count)s customers came to your book.", counts[user])
        url = f"{reverse('customers')}?manager={user.username}"
        notify(users=[user], text=text % {"count": counts[user]}, url=url, at=at)


def keep_figures(
    plan: Plan, group: AssignmentGroup, people: Sequence[Person], staff: Staff, books: dict[int, Book]
) -> None:
    """What the group's part of the run comes to, manager by manager and as a whole."""
    weight = {one.key: one.weight for one in people}
    rows = {key: BookChange(run_id=group.run_id, manager_id=key) for key in staff.people}
    for key, row in rows.items():
        row.customers, row.load = books[key].customers, books[key].load
    for customer, manager in plan.assigned.items():
        rows[manager].came += 1
        rows[manager].came_load += weight[customer]
    for customer, (giver, taker) in plan.moves.items():
        gives = rows.setdefault(giver, BookChange(run_id=group.run_id, manager_id=giver))
        gives.given += 1
        gives.given_load += weight[customer]
        rows[taker].taken += 1
        rows[taker].taken_load += weight[customer]
    BookChange.objects.bulk_create(rows.values())
    group.placed, group.moved = len(plan.assigned), len(plan.moves)
    group.left = dict(Counter(str(reason) for reason in plan.left.values()))
    group.save(update_fields=["placed", "moved", "left"])


def tell_heads(run_id: int, *, at: datetime) -> None:
    """How many of a run's suggestions wait for each."""
    made = MoveSuggestion.objects.open().filter(run=run_id).values_list("customer__branch", flat=True)
    waiting = Counter(branch for branch in made if branch)
    told: Counter[int] = Counter()
    for branch, heads in heads_of(waiting).items():
        for head in heads:
            told[head.pk] += waiting[branch]
    for head in User.objects.filter(pk__in=told).order_by("pk"):
        text = _("Move suggestions wait for you: %(count)s.") % {"count": told[head.pk]}
        notify(users=[head], text=text, url=f"{reverse('move_suggestions')}?state=open", at=at)
