"""Whatever tiers, overrides, households and uses come in whatever order: as on paper, and never over a quota."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from segmentation.models import GoldCard, TierPeriod
from segmentation.night.context import Night
from segmentation.standards.cards import report_lost, resume
from segmentation.standards.entitlements import entitlements_of_many, holds_gold_card
from segmentation.standards.night import move_cards
from segmentation.standards.uses import undo_use
from tests.factories import CustomerFactory, TierFactory, TierPeriodFactory, UserFactory
from tests.segmentation.standards.bank import TIERS, benefit, grant, household, line, spend, use, withdraw

pytestmark = pytest.mark.django_db
FIRST, PEOPLE = date(2026, 3, 28), 3
YEARLY = {"month": 12, "quarter": 4, "year": 1}
RIGHT = st.tuples(st.none() | st.integers(1, 3), st.sampled_from(sorted(YEARLY)), st.booleans())
WHO = st.integers(0, PEOPLE - 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("use"), WHO),
        st.tuples(st.just("undo"), st.integers(0, 20)),
        st.tuples(st.just("tier"), WHO, st.sampled_from(TIERS)),
        st.tuples(st.just("grant"), WHO, st.none() | st.integers(1, 3), st.sampled_from(sorted(YEARLY))),
        st.tuples(st.just("withdraw"), WHO),
        st.tuples(st.just("lose"), WHO),
        st.tuples(st.just("find"), WHO),
        st.tuples(st.just("night")),
    ),
    max_size=10,
)


class Paper:
    """The same by hand: a tier, at most one exception each, and every use that stands."""

    def __init__(self, rights: dict, pooled: bool) -> None:
        self.rights, self.pooled = rights, pooled
        self.tiers = dict.fromkeys(range(PEOPLE), "mass")
        self.ruled: dict[int, tuple] = {}
        self.used: list[tuple[int, date]] = []

    def claims(self, who: int, on: date) -> list[tuple]:
        """(owner, quota, per, origin) of each right; none where one was withdrawn."""
        if self.ruled.get(who) == ("withdrawal",):
            return []
        found = []
        if self.tiers[who] in self.rights:
            quota, per, _shared = self.rights[self.tiers[who]]
            found.append((who, quota, per, 0))
        if who in self.ruled:
            found.append((who, *self.ruled[who][1:], 1))
        # the first two live together
        mate = {0: 1, 1: 0}.get(who)
        if self.pooled and mate is not None and self.ruled.get(mate) != ("withdrawal",):
            higher = TIERS.index(self.tiers[mate]) > TIERS.index(self.tiers[who])
            quota, per, shared = self.rights.get(self.tiers[mate], (None, "", False))
            if higher and shared:
                found.append((mate, quota, per, 2))
        return found

    def left(self, claim: tuple, on: date) -> int | None:
        owner, quota, per, _origin = claim
        months = {"month": 1, "quarter": 3, "year": 12}[per]
        same = [
            day
            for whose, day in self.used
            if whose == owner and day.year == on.year and (day.month - 1) // months == (on.month - 1) // months
        ]
        return None if quota is None else max(quota - len(same), 0)

    def best(self, who: int, on: date) -> tuple | None:
        """(owner, left)"""
        claims = self.claims(who, on)
        if not claims:
            return None

        def place(claim: tuple) -> tuple:
            left = self.left(claim, on)
            return (left is not None, -(left or 0), -(claim[1] or 0) * YEARLY[claim[2]], claim[3])

        first = min(claims, key=place)
        return first[0], self.left(first, on)


@given(rights=st.fixed_dictionaries({"gold": RIGHT, "platinum": RIGHT}), pooled=st.booleans(), acts=ACTS)
def test_every_sequence_goes_as_on_paper(rights, pooled, acts):
    with transaction.atomic():
        _go(rights, pooled, acts)
        transaction.set_rollback(True)


def _go(rights: dict, pooled: bool, acts: list) -> None:
    lines = [line(tier, quota=quota, per=per, shared=shared) for tier, (quota, per, shared) in rights.items()]
    cards = [line(tier, "card", shared=shared) for tier, (_quota, _per, shared) in rights.items()]
    use(*lines, *cards, gold_card={"benefit": "card"})
    people, by = [CustomerFactory() for _n in range(PEOPLE)], UserFactory(teller=True)
    for each in people:
        TierPeriodFactory(customer=each, tier=TierFactory(code="mass"), since=date(2025, 1, 1))
    household(*people[:2], pools=pooled)
    paper, day, uses = Paper(rights, pooled), FIRST, []
    for act in acts:
        day = _act(act, people, by, paper, day, uses)
        _check(people, paper, day)


def _act(act: tuple, people: list, by, paper: Paper, day: date, uses: list) -> date:
    name, *said = act
    who = said[0] if said else 0
    if name == "use":
        found = paper.best(who, day)
        try:
            (made,) = spend(people[who], on=day, by=by, at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
        except RuleBroken:
            assert found is None or found[1] == 0
        else:
            assert found and found[1] != 0 and made.owner == people[found[0]]
            paper.used.append((found[0], day))
            uses.append(made)
    elif name == "undo" and uses:
        taken = uses.pop(who % len(uses))
        undo_use(use=taken, reason="-", by=by, as_of=taken.recorded_at)
        paper.used.remove((people.index(taken.owner), taken.used_on))
    elif name == "tier":
        _stand(people[who], said[1], day)
        paper.tiers[who] = said[1]
    elif name in ("grant", "withdraw") and who not in paper.ruled:
        if name == "grant":
            quota, per = said[1], said[2]
            grant(people[who], quota=quota, per=per if quota else "", since=day)
            paper.ruled[who] = ("grant", quota, per)
        else:
            withdraw(people[who], since=day)
            paper.ruled[who] = ("withdrawal",)
    elif name in ("lose", "find"):
        _by_hand(name, people[who], day, by)
    elif name == "night":
        _night(day)
        return day + timedelta(days=1)
    return day


def _stand(customer, tier: str, day: date) -> None:
    """From this very day."""
    TierPeriod.objects.filter(customer=customer, since=day).delete()
    TierPeriod.objects.filter(customer=customer).filter(until=None).update(until=day)
    TierPeriodFactory(customer=customer, tier=TierFactory(code=tier, rank=TIERS.index(tier)), since=day)


def _by_hand(name: str, customer, day: date, by) -> None:
    try:
        (report_lost if name == "lose" else resume)(customer=customer, on=day, note="", by=by)
    except RuleBroken:
        card = GoldCard.objects.open().filter(customer=customer).first()
        is_lost = bool(card) and card.cause == "loss"
        held = bool(card) and card.state in ("valid", "suspended")
        assert (is_lost or not held) if name == "lose" else not is_lost


def _night(day: date) -> None:
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=day)
    night = Night(
        run=run, day=day, slot=0, closed=True, is_past=False, newest_policy=0, newest_override=0,
        overrides_at="1900-01-01", late=frozenset(), stale=frozenset(), ladders=(),
    )  # fmt: skip
    move_cards(night)
    for card in GoldCard.objects.holding(day + timedelta(days=1)).select_related("customer"):
        held = holds_gold_card(card.customer, day + timedelta(days=1))
        assert held == (card.state in ("valid", "suspended")), (card.state, card.cause)


def _check(people: list, paper: Paper, day: date) -> None:
    lounge, every = benefit(), entitlements_of_many([each.pk for each in people], day)
    for who, customer in enumerate(people):
        found = every[customer.pk].of(lounge)
        best = found.best if found else None
        assert (best and (people.index(_owner(best, people)), best.left)) == paper.best(who, day)
        for claim in found.claims if found else ():
            # a tier that was lower before may have used more than a lower quota of now
            assert claim.left is None or claim.left == max(claim.quota - claim.used, 0)
    days = Counter(
        (card.customer_id, card.since + timedelta(days=n))
        for card in GoldCard.objects.all()
        for n in range(((card.until or card.since + timedelta(days=1)) - card.since).days)
    )
    assert not [each for each, states in days.items() if states > 1]


def _owner(claim, people: list):
    return next(each for each in people if each.pk == claim.owner_id)
