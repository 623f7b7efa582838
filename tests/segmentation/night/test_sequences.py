"""Any sequence of policies, balances, overrides, corrections and feeds goes as on paper: one tier a day, each decision replays."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.nightly.night import run_night
from customers.models import Account, AccountHolder, Balance, BalanceMonth, Customer, Feed
from segmentation.models import FeeDue, Tier, TierOverride, TierPeriod
from segmentation.replays import replay_all
from segmentation.services.policies import apply_policy
from tests.factories import ProductFactory
from tests.segmentation.night.plain import Paper

MONTHS = [date(2026, month, 1) for month in (1, 2, 3, 4)]
NIGHTS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 9), date(2026, 3, 31), date(2026, 4, 30)]
MEASURES = ("average", "points")
CODES = ("mass", "silver", "gold", "private")
AMOUNTS = st.sampled_from([-5, 0, 999, 1000, 1999, 2000, 2999, 3000, 9000])
DAYS = st.sampled_from([*NIGHTS, *MONTHS, date(2026, 2, 11), date(2026, 3, 10), date(2026, 6, 1)])


@st.composite
def tiers(draw: st.DrawFn, field: str, unit: int) -> list[dict]:
    """The lowest and some of the others, each with what it may say."""
    found: list[dict] = [{"code": "mass", "name": "Mass"}]
    for place, code in enumerate(CODES[1:], start=1):
        if not draw(st.booleans()) and not (place == 2 and len(found) == 1):
            continue
        value = place * unit
        when = {"field": field, "op": ">=", "value": value if field == "points" else str(value)}
        tier = {"code": code, "name": code.title(), "when": when}
        if draw(st.integers(0, 3)) == 0:
            tier["below"] = {"fee": "below", "amount": "10.00"}
        else:
            tier |= {"grace_months": draw(st.integers(0, 3)), "hold_months": draw(st.integers(0, 3))}
        if draw(st.integers(0, 3)) == 0:
            tier["by_invitation"] = True
        found.append(tier)
    return found


@st.composite
def schemes(draw: st.DrawFn, measures: tuple[str, ...] = MEASURES) -> dict:
    review = draw(st.sampled_from(["monthly", "monthly", {"dates": ["02-28", "04-30"]}]))
    scheme = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": review}
    if draw(st.sampled_from(measures)) == "average":
        return scheme | {"tiers": draw(tiers("aum_month_average", 1000))}
    lines = [{"points": 10, "per": "100", "field": "aum_month_average", "at_most": draw(st.sampled_from([150, 1000]))}]
    return scheme | {"points": lines, "tiers": draw(tiers("points", 100))}


@st.composite
def overrides(draw: st.DrawFn) -> list[dict]:
    """At most one of each kind, and never a cap beside another."""
    kinds = draw(st.sampled_from([(), (), ("grant",), ("hold",), ("cap",), ("grant", "hold")]))
    found = []
    for kind in kinds:
        since, until = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
        found.append({"kind": kind, "tier": draw(st.sampled_from(CODES)), "since": since, "until": until})
    return found


CORRECTIONS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 7), st.integers(0, 3), AMOUNTS), max_size=4)
SHEETS = st.lists(st.tuples(st.lists(AMOUNTS, min_size=4, max_size=4), overrides()), min_size=4, max_size=8)


def bring_in(sheets: list[tuple[list[int], list[dict]]], product) -> list[Customer]:
    """Customers whose balance lies through the whole of each month, with their overrides."""
    people = Customer.objects.bulk_create([Customer(number=f"P{place}") for place in range(len(sheets))])
    accounts = Account.objects.bulk_create(
        [
            Account(number=f"P{n}", product=product, currency="CNY", opened_on=date(2025, 1, 1))
            for n in range(len(people))
        ]
    )
    AccountHolder.objects.bulk_create(
        [AccountHolder(account=account, customer=person) for account, person in zip(accounts, people, strict=True)]
    )
    lying = [(a, m, x) for a, (xs, _o) in zip(accounts, sheets, strict=True) for m, x in zip(MONTHS, xs, strict=True)]
    Balance.objects.bulk_create([Balance(account=account, on=month, amount=x) for account, month, x in lying])
    BalanceMonth.objects.bulk_create(
        [BalanceMonth(account=a, month=m, opening=0, closing=x, day_sum=x, last_on=m) for a, m, x in lying]
    )
    known = {tier.code: tier for tier in Tier.objects.all()}
    TierOverride.objects.bulk_create(
        [
            TierOverride(**each | {"customer": person, "tier": known[each["tier"]], "reason": "-"})
            for person, (_xs, wished) in zip(people, sheets, strict=True)
            for each in wished
            if each["tier"] in known
        ]
    )
    return people


def correct(person: Customer, month: date, amount: int) -> None:
    """The bank sends a day again, with another balance: what was decided on the old one stays decided."""
    of_person = {"account__holders__customer": person}
    Balance.objects.filter(**of_person, on=month).update(amount=amount)
    BalanceMonth.objects.filter(**of_person, month=month).update(closing=amount, day_sum=amount)


def rows(person: Customer, paper: Paper) -> list[tuple[int, str, date, date | None]]:
    """The periods on paper: each ends where the next begins."""
    untils = [since for _tier, since in paper.periods[1:]] + [None]
    return [(person.pk, tier, since, until) for (tier, since), until in zip(paper.periods, untils, strict=True)]


@pytest.fixture
def product(db: None):
    return ProductFactory()


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=settings.default.max_examples // len(MEASURES))
@given(
    data=st.data(),
    second=schemes(),
    sheets=SHEETS,
    closed=st.lists(st.booleans(), min_size=5, max_size=5),
    corrections=CORRECTIONS,
)
def test_every_sequence_goes_as_on_paper(
    product, measure: str, data: st.DataObject, second: dict, sheets: list, closed: list[bool], corrections: list
) -> None:
    first = data.draw(schemes((measure,)))
    written = [list(amounts) for amounts, _wished in sheets]
    with transaction.atomic():
        for start, scheme in (("2026-01-01", first), ("2026-03-01", second)):
            apply_policy(content={"effective_from": start, "tier_scheme": scheme}, by="test")
        people, papers = bring_in(sheets, product), [Paper() for _sheet in sheets]
        feed = Feed.objects.create(kind="balances")
        for number, (day, is_closed) in enumerate(zip(NIGHTS, closed, strict=True)):
            for _night, place, month, amount in (each for each in corrections if each[0] == number):
                if place < len(people):
                    correct(people[place], MONTHS[month], amount)
                    written[place][month] = amount
            Feed.objects.filter(pk=feed.pk).update(closed_through=day if is_closed else day - timedelta(days=1))
            assert run_night(day=day).has_ended
            scheme = first if day < date(2026, 3, 1) else second
            for paper, amounts, (_first, wished) in zip(papers, written, sheets, strict=True):
                paper.night(scheme, day, amounts[day.month - 1], closed=is_closed, overrides=wished)
            counts = dict(TierPeriod.objects.open().values_list("customer_id", "months_below"))
            assert [counts[person.pk] for person in people] == [paper.months_below for paper in papers], day
        periods = TierPeriod.objects.order_by("customer", "since").values_list(
            "customer", "tier__code", "since", "until"
        )
        assert list(periods) == [
            row for person, paper in zip(people, papers, strict=True) for row in rows(person, paper)
        ]
        fees = Counter(FeeDue.objects.values_list("customer", flat=True))
        assert [fees[person.pk] for person in people] == [paper.fees for paper in papers]
        assert replay_all().wrong == ""
        transaction.set_rollback(True)
