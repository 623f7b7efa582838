"""A book is handed over in one go: dealt by load, changed by hand, refused where it changed meanwhile."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from customers.models import Customer
from managers.books.keeping import follow_records
from managers.handovers.dealing import Receiver, deal
from managers.handovers.giving import Proposal, hand_over
from managers.models import Handover
from tests.factories import (
    CustomerFactory,
    LeavingFactory,
    ManagedCustomerFactory,
    OpportunityFactory,
    TaskFactory,
    TierPeriodFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)


class Somebody:
    def __init__(self, pk: int) -> None:
        self.pk = pk


@pytest.fixture
def book(east, manager) -> list[Customer]:
    """Four customers, the first two of weight."""
    made = [CustomerFactory(branch=east, manager=manager) for _number in range(4)]
    for each in made[:2]:
        ManagedCustomerFactory(customer=each, weight=1)
    follow_records(customers=None, at=datetime(2026, 3, 1, tzinfo=UTC))
    return made


@pytest.fixture
def colleagues(east) -> list:
    return [UserFactory(manager=True, branch=east, username=name) for name in ("xin", "yue")]


@given(
    weights=st.dictionaries(st.integers(1, 99), st.integers(0, 8), max_size=40),
    homes=st.dictionaries(st.integers(1, 99), st.integers(1, 5), max_size=20),
    capacities=st.lists(st.integers(1, 60), min_size=1, max_size=4),
)
def test_everybody_is_dealt_to_one_and_households_stay_together(weights, homes, capacities) -> None:
    receivers = [Receiver(Somebody(number), 0, capacity) for number, capacity in enumerate(capacities)]
    dealt = deal(weights, homes, receivers)
    assert dealt.keys() == weights.keys()
    assert sorted(key for each in receivers for key in each.customers) == sorted(weights)
    assert sum(each.weight for each in receivers) == sum(weights.values())
    for home in set(homes.values()):
        assert len({dealt[key].pk for key in weights if homes.get(key) == home}) <= 1
    again = [Receiver(each.user, 0, each.capacity) for each in receivers]
    assert deal(weights, homes, again) == dealt


def test_load_is_spread_over_the_capacities(book, manager, colleagues, head) -> None:
    found = Proposal(giver=manager, receivers=colleagues, by=head, at=NOW)
    assert [(len(each.customers), each.weight) for each in found.receivers] == [(2, 1), (2, 1)]


def test_a_head_looks_changes_a_row_and_hands_over(book, manager, colleagues, head, signed_in, queries) -> None:
    xin, yue = colleagues
    TaskFactory(customer=book[0])
    OpportunityFactory(customer=book[0])
    client, at = signed_in(head), f"/managers/{manager.pk}/handover/"
    with queries("handover:proposed"):
        page = client.get(f"{at}?receivers={xin.pk}&receivers={yue.pk}")
    assert page.text.count('aria-label="Who gets ') == 4 and "1 task · 1 opportunity" in page.text
    seal = page.context["proposal"].seal
    posted = {"seal": seal, "reason": "Moves to the west", **{f"to-{each.pk}": str(yue.pk) for each in book[:3]}}
    done = client.post(f"{at}?receivers={xin.pk}&receivers={yue.pk}", posted)
    assert done.status_code == 302 and done.headers["Location"] == "/handovers/?giver=manager"
    owners = [Customer.objects.get(pk=each.pk).manager for each in book]
    assert owners[:3] == [yue] * 3 and owners[3] in colleagues
    assert Handover.objects.filter(giver=manager, made_by=head, reason="Moves to the west").count() == 4
    with queries("handovers"):
        listed = client.get("/handovers/?giver=manager")
    assert listed.text.count("/handovers/") >= 4
    with queries("handover"):
        assert "Meet the customer" in client.get(f"/handovers/{Handover.objects.first().pk}/").text


def test_a_book_that_changed_since_it_was_looked_at_is_looked_at_again(
    book, manager, colleagues, head, signed_in
) -> None:
    client, at = signed_in(head), f"/managers/{manager.pk}/handover/?receivers={colleagues[0].pk}"
    seal = client.get(at).context["proposal"].seal
    Customer.objects.filter(pk=book[3].pk).update(manager=colleagues[1])
    refused = client.post(at, {"seal": seal, "reason": "Moves"})
    assert refused.status_code == 400 and "Somebody changed the book in the meantime" in refused.text
    assert 'value="Moves"' in refused.text and not Handover.objects.exists()
    no_reason = client.post(at, {"seal": refused.context["proposal"].seal, "reason": " "})
    assert no_reason.status_code == 400 and "Say why." in no_reason.text


def test_one_tier_of_a_book_is_handed_over_alone(book, manager, colleagues, head) -> None:
    silver = TierPeriodFactory(customer=book[2], tier__code="silver").tier
    found = Proposal(giver=manager, receivers=colleagues, by=head, tier=silver, at=NOW)
    assert set(found.dealt) == {book[2].pk}


def test_whom_the_head_does_not_reach_stays_in_the_book(book, manager, colleagues, head, west) -> None:
    far = CustomerFactory(branch=west, manager=manager)
    found = Proposal(giver=manager, receivers=colleagues, by=head, at=NOW)
    assert far.pk not in found.dealt and found.out_of_reach == 1
    with pytest.raises(RuleBroken, match="in the meantime"):
        hand_over(giver=manager, dealt={far.pk: colleagues[0]}, by=head, at=NOW, reason="Moves")


def test_who_leaves_gets_no_book(book, manager, colleagues, head) -> None:
    LeavingFactory(manager=colleagues[0])
    with pytest.raises(RuleBroken, match="leaves"):
        hand_over(giver=manager, dealt={book[0].pk: colleagues[0]}, by=head, at=NOW, reason="Moves")
    assert not Handover.objects.exists()


def test_over_rest_one_customer_goes_and_who_has_none_is_refused(book, manager, colleagues, head, api) -> None:
    client = api(head)
    said = {"customer": book[0].number, "receiver": "xin", "reason": "Asked for it"}
    made = client.post("/api/v1/handovers/", said)
    assert made.status_code == 201, made.json()
    assert (made.json()["giver"], made.json()["receiver"]) == ("manager", "xin")
    back = client.post("/api/v1/handovers/", said | {"receiver": "manager"})
    assert back.status_code == 409 and back.json()["errors"]["receiver"]
    nobody = CustomerFactory(branch=book[0].branch, manager=None)
    assert client.post("/api/v1/handovers/", said | {"customer": nobody.number}).status_code == 409
