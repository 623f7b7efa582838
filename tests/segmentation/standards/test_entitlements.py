"""What a customer is entitled to: from the tier, the household or a person, the best of them, and all are told."""

from datetime import date

import pytest

from segmentation.models import Origin
from segmentation.standards.entitlements import entitlements_of, entitlements_of_many, holds_gold_card
from tests.factories import CustomerFactory, GoldCardFactory
from tests.segmentation.standards.bank import DAY, benefit, grant, household, line, spend, stand, use, withdraw

pytestmark = pytest.mark.django_db


def told(customer, on: date = DAY, code: str = "lounge") -> list[tuple]:
    """(origin, quota, used, left) of each right, the best one first."""
    found = entitlements_of(customer, on).of(benefit(code))
    return [(each.origin, each.quota, each.used, each.left) for each in found.claims] if found else []


def best(customer, on: date = DAY, code: str = "lounge"):
    found = entitlements_of(customer, on).of(benefit(code))
    return found.best if found else None


def test_a_tier_gives_what_its_standard_says_and_another_tier_does_not():
    use(line("gold", quota=2, per="year"), line("platinum", quota=6, per="year"))
    ann, bob = CustomerFactory(), CustomerFactory()
    stand(ann, "gold"), stand(bob, "mass")

    assert told(ann) == [(Origin.TIER, 2, 0, 2)]
    assert told(bob) == []


def test_the_tier_and_the_version_of_the_day_count():
    use(line("gold", quota=2))
    use(line("gold", quota=3), start=date(2026, 3, 1))
    ann = CustomerFactory()
    stand(ann, "mass", date(2026, 1, 1), date(2026, 2, 1)), stand(ann, "gold", date(2026, 2, 1))

    assert told(ann, date(2026, 1, 31)) == []
    assert told(ann, date(2026, 2, 28)) == [(Origin.TIER, 2, 0, 2)]
    assert told(ann, date(2026, 3, 1)) == [(Origin.TIER, 3, 0, 3)]
    assert entitlements_of(ann, date(2025, 12, 31)).version is None


@pytest.mark.parametrize(("per", "first", "after"), [
    ("month", date(2026, 3, 1), date(2026, 4, 1)), ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
    ("year", date(2026, 1, 1), date(2027, 1, 1)),
])  # fmt: skip
def test_uses_count_within_the_period_of_the_calendar(per, first, after):
    use(line("gold", quota=2, per=per))
    ann = CustomerFactory()
    stand(ann, "gold")
    spend(ann)

    assert (best(ann).starts, best(ann).ends, best(ann).left) == (first, after, 1)
    assert best(ann, after).used == 0


def test_a_household_shares_what_the_standard_says_with_those_who_agreed():
    use(line("platinum", quota=6, shared=True), line("platinum", "card"), line("gold", quota=1))
    rich, poor, alone = CustomerFactory(), CustomerFactory(), CustomerFactory()
    stand(rich, "platinum"), stand(poor, "mass"), stand(alone, "mass")
    household(rich, poor)
    household(alone, CustomerFactory(), pools=False)

    assert told(poor) == [(Origin.HOUSEHOLD, 6, 0, 6)]
    assert best(poor).owner_id == rich.pk
    assert told(poor, code="card") == [] and told(alone) == []


def test_a_member_who_stands_no_higher_shares_nothing():
    use(line("gold", quota=2, shared=True))
    ann, bob = CustomerFactory(), CustomerFactory()
    stand(ann, "gold"), stand(bob, "gold")
    household(ann, bob)

    assert told(ann) == [(Origin.TIER, 2, 0, 2)]


def test_of_several_rights_the_one_with_most_left_counts_and_all_are_told():
    use(line("platinum", quota=6, shared=True), line("gold", quota=2))
    rich, poor = CustomerFactory(), CustomerFactory()
    stand(rich, "platinum"), stand(poor, "gold")
    household(rich, poor)
    assert told(poor) == [(Origin.HOUSEHOLD, 6, 0, 6), (Origin.TIER, 2, 0, 2)]

    spend(rich, 5)

    assert told(poor) == [(Origin.TIER, 2, 0, 2), (Origin.HOUSEHOLD, 6, 5, 1)]


def test_without_a_quota_is_better_than_any_quota():
    use(line("gold", quota=100))
    ann = CustomerFactory()
    stand(ann, "gold")
    grant(ann)

    assert [origin for origin, *_rest in told(ann)] == [Origin.OVERRIDE, Origin.TIER]
    assert best(ann).left is None


def test_a_withdrawal_takes_the_benefit_away_from_the_customer_and_whom_they_share_it_with():
    use(line("platinum", quota=6, shared=True))
    rich, poor = CustomerFactory(), CustomerFactory()
    stand(rich, "platinum"), stand(poor, "mass")
    household(rich, poor)
    withdraw(rich)

    assert best(rich) is None and {origin for origin, *_rest in told(rich)} == {Origin.TIER, Origin.WITHDRAWAL}
    assert told(poor) == []


def test_an_override_holds_from_its_first_day_until_it_ends():
    use(line("gold", quota=2))
    ann = CustomerFactory()
    grant(ann, quota=1, since=date(2026, 2, 1), until=date(2026, 3, 1))

    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [bool(best(ann, day)) for day in days] == [False, True, True, False]


def test_the_queue_weight_is_the_largest_of_what_counts():
    use(line("gold", queue_weight=2), line("gold", "card", queue_weight=5))
    ann = CustomerFactory()
    stand(ann, "gold")
    assert entitlements_of(ann, DAY).queue_weight == 5
    withdraw(ann, "card")
    assert entitlements_of(ann, DAY).queue_weight == 2


def test_many_customers_are_asked_at_once_with_the_same_answer(django_assert_max_num_queries):
    use(line("gold", quota=2), line("platinum", quota=6, shared=True))
    people = [CustomerFactory() for _n in range(6)]
    for number, each in enumerate(people):
        stand(each, ("mass", "gold", "platinum")[number % 3])
    household(people[0], people[2])
    spend(people[1])

    with django_assert_max_num_queries(3):
        found = entitlements_of_many([each.pk for each in people], DAY)

    assert found == {each.pk: entitlements_of(each, DAY) for each in people}


def test_whoever_asks_for_the_gold_card_asks_for_the_entitlement_and_not_for_the_plastic():
    use(line("gold", "card"), gold_card={"benefit": "card"})
    ann, bob, lost, frozen = (CustomerFactory() for _n in range(4))
    stand(ann, "gold"), stand(bob, "mass"), stand(lost, "gold"), stand(frozen, "gold")
    GoldCardFactory(customer=bob)
    GoldCardFactory(customer=lost, state="suspended", cause="loss")
    GoldCardFactory(customer=frozen, state="suspended", cause="frozen")

    assert [holds_gold_card(each, DAY) for each in (ann, bob, lost, frozen)] == [True, False, True, False]
