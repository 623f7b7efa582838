"""What is suggested to whom: what most of the similar hold, and nothing that is held, unsuitable, or closed to them."""

from datetime import date

import pytest

from segmentation.models import Affinity, PeerGroup, Segment, StagedPeer, Suggestion
from segmentation.next_product.reckoning import blameless
from segmentation.night.context import Night
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, AccountHolderFactory, ProductFactory
from tests.segmentation.next_product.bank import (
    CLOSING,
    JANUARY,
    close_january,
    holder,
    holders,
    offer,
    product,
    scheme,
    suggested,
)
from tests.segmentation.night.bank import nights
from tests.segmentation.segments.bank import segment, use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank(db: None) -> None:
    scheme()


def shares() -> dict[tuple[str | None, str], tuple[int, int]]:
    rows = Affinity.objects.values_list("basis__code", "product__code", "holding", "asked")
    return {(basis, code): (holding, asked) for basis, code, holding, asked in rows}


def test_shares_are_counted_among_the_holders_of_each_product_and_among_all() -> None:
    holders(8, "current", "fund")
    holders(12, "current")
    holders(6, "term")
    offer("fund", "term")

    close_january()

    assert shares() == {(None, "fund"): (8, 26), (None, "term"): (6, 26), ("current", "fund"): (8, 20)}
    assert PeerGroup.objects.get().customers == 26 and not StagedPeer.objects.exists()


def test_the_best_basis_is_the_reason_and_the_larger_share_comes_first() -> None:
    holders(8, "current", "fund")
    someone = holder("current")
    holders(11, "current")
    holders(6, "term")
    offer("fund", "term")

    close_january()

    assert suggested(someone) == ["fund", "term"]
    first = Suggestion.objects.get(customer=someone, rank=1).affinity
    assert (first.basis.code, first.holding, first.asked) == ("current", 8, 20)
    assert Suggestion.objects.get(customer=someone, rank=2).affinity.basis is None


def test_no_count_under_five_is_made_nor_one_that_leaves_under_five() -> None:
    holders(4, "current", "fund")
    holders(6, "current")
    holders(10, "current", "term")
    offer("fund", "term", "current")

    close_january()

    assert shares() == {(None, "term"): (10, 20), ("current", "term"): (10, 20)}


def test_a_group_of_few_suggests_nothing() -> None:
    holders(6, "current", "fund")
    someone = holder("current", kind="company")
    offer("fund")

    close_january()

    assert suggested(someone) == []


def test_at_most_three_are_suggested_and_ties_go_by_the_product() -> None:
    codes = ["a", "b", "c", "d"]
    for code in codes:
        product(code)
    holders(8, *codes)
    someone = holder("current")
    holders(7, "current")
    offer("d", "c", "b", "a")

    close_january()

    assert suggested(someone) == ["a", "b", "c"]


def test_what_few_of_the_similar_hold_is_not_suggested() -> None:
    holders(5, "current", "fund")
    someone = holder("current")
    holders(96, "current")
    offer("fund")

    close_january()

    assert suggested(someone) == []  # 5 of 102 are under 5 %


@pytest.mark.parametrize(("level", "assessed_on", "is_suggested"), [
    (3, JANUARY, True), (4, JANUARY, True), (2, JANUARY, False), (None, JANUARY, False),
    (5, date(2025, 2, 1), True), (5, date(2025, 1, 31), False), (5, date(2026, 2, 2), False),
])  # fmt: skip
def test_a_risk_above_the_level_or_without_a_valid_assessment_is_not_suggested(
    level, assessed_on, is_suggested
) -> None:
    ProductFactory(code="fund", risk=3)
    holders(8, "current", "fund")
    someone = holder("current", level=level, assessed_on=assessed_on)
    holders(7, "current")
    offer("fund")

    close_january()

    assert suggested(someone) == (["fund"] if is_suggested else [])


def test_who_holds_it_as_an_owner_gets_no_suggestion_and_who_is_authorised_gets_one() -> None:
    crowd = holders(8, "current", "fund")
    joint, authorised = holder("current"), holder("current")
    account = AccountFactory(product=product("fund"))
    AccountHolderFactory(account=account, customer=joint, joint=True)
    AccountHolderFactory(account=account, customer=authorised, authorised=True)
    holders(7, "current")
    offer("fund")

    close_january()

    assert suggested(joint) == suggested(crowd[0]) == []
    assert suggested(authorised) == ["fund"]


def test_an_account_counts_from_its_opening_until_its_closing() -> None:
    holders(8, "current", "fund")
    gone, coming = holder("current"), holder("current")
    AccountFactory(holder=gone, product=product("fund"), closed_on=CLOSING)
    AccountFactory(holder=coming, product=product("fund"), opened_on=date(2026, 2, 2))
    holders(7, "current")
    offer("fund")

    close_january()

    assert suggested(gone) == suggested(coming) == ["fund"]


@pytest.mark.parametrize("offered", [
    {"product": "fund", "tiers": ["mass"]},
    {"product": "fund", "customer_kind": "person"},
    {"product": "fund", "when": {"field": "age", "op": ">=", "value": 18}},
])  # fmt: skip
def test_who_meets_the_rule_of_an_offer_may_get_it(offered) -> None:
    holders(8, "current", "fund")
    someone, nobody = holder("current", birth_date=date(2000, 1, 1)), holder("current", birth_date=date(2010, 1, 1))
    holders(6, "current", birth_date=date(2000, 1, 1))
    offer(offered)

    close_january()

    assert suggested(someone) == ["fund"]
    assert suggested(nobody) == ([] if "when" in offered else ["fund"])


def test_who_does_not_meet_it_gets_nothing() -> None:
    holders(8, "current", "fund")
    someone = holder("current")
    holders(7, "current")
    offer({"product": "fund", "customer_kind": "company"})
    close_january()
    assert suggested(someone) == []


@pytest.mark.parametrize("status", ["prospect", "dormant", "frozen", "closed", "deceased"])
def test_only_active_customers_get_suggestions(status) -> None:
    holders(8, "current", "fund")
    holders(7, "current")
    someone = holder("current", status=status)
    offer("fund")
    close_january()
    assert suggested(someone) == []


def test_a_product_that_is_no_longer_offered_is_not_suggested() -> None:
    holders(8, "current", "fund")
    someone = holder("current")
    holders(7, "current")
    offer({"product": "fund", "retired": True})
    close_january()
    assert suggested(someone) == []


def test_similar_customers_are_of_one_segment_unless_it_looks_at_what_is_protected() -> None:
    kept = holders(10, "current", "fund", occupation="doctor")
    someone = holder("current", occupation="doctor", sex="female")
    other = holder("current", sex="female")
    holders(9, "current", occupation="doctor")
    holders(10, "current")
    use(
        segment("women", {"field": "sex", "op": "=", "value": "female"}, priority=1),
        segment("doctors", {"field": "occupation", "op": "=", "value": "doctor"}, priority=2),
        start=JANUARY,
    )
    offer("fund")

    nights(date(2026, 1, 30), date(2026, 1, 30))
    close_january()

    assert suggested(someone) == ["fund"] and suggested(other) == []
    groups = dict(PeerGroup.objects.values_list("segment__code", "customers"))
    assert groups == {"doctors": 20, None: 11} and suggested(kept[0]) == []


def test_a_segment_that_leads_to_a_protected_field_makes_nobody_similar() -> None:
    holder("current", region="East", occupation="doctor")
    holder("current")
    use(
        segment("east", {"field": "region", "op": "=", "value": "East"}),
        segment("near", {"field": "segment", "op": "=", "value": "east"}, priority=1),
        segment("doctors", {"field": "occupation", "op": "=", "value": "doctor"}, priority=2),
        start=JANUARY,
    )
    run = nights(JANUARY, JANUARY)
    assert list(Segment.objects.filter(pk__in=blameless(Night.of(run)))) == [Segment.objects.get(code="doctors")]


def test_the_same_night_again_changes_nothing() -> None:
    holders(8, "current", "fund")
    holders(8, "current")
    offer("fund")
    close_january()
    before = list(Suggestion.objects.values_list("month", "customer", "rank", "product", "affinity"))

    nights(CLOSING, date(2026, 2, 3))

    assert list(Suggestion.objects.values_list("month", "customer", "rank", "product", "affinity")) == before
    assert len(before) == 8


def test_a_month_later_the_suggestions_of_the_month_before_stay() -> None:
    holders(8, "current", "fund")
    someone = holder("current")
    holders(7, "current")
    offer("fund")
    close_january()

    nights(date(2026, 2, 28), date(2026, 3, 1))

    assert list(Suggestion.objects.filter(customer=someone).values_list("month", flat=True)) == [
        date(2026, 2, 1), date(2026, 1, 1),
    ]  # fmt: skip


def test_an_offer_is_refused_for_what_nobody_knows() -> None:
    for wrong, words in (
        ({"product": "nothing"}, "no product is called"),
        ({"product": "current", "tiers": ["gold"]}, "no scheme has a tier"),
        ({"product": "current", "when": {"field": "segment", "op": "=", "value": "x"}}, "no segment in use"),
    ):
        with pytest.raises(Exception, match=words):
            apply_policy(content={"effective_from": str(JANUARY), "product_offers": [wrong]}, by="setup")
