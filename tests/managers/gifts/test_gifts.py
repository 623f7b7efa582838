"""Gifts within the cap of a year, above it with an approval; per event, on pages and over REST."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from managers.gifts.services import propose_gift, record_for_guests, record_gift, strike_gift
from managers.models import Gift
from tests.at_once import at_once
from tests.factories import CustomerFactory, EventFactory, GiftFactory, InvitationFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
TODAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def cap(settings):
    settings.CRM_GIFT_CAP = 500


def give(customer, amount, by, **said) -> Gift:
    said = {"kind": "gift", "what": "茶叶", "given_on": TODAY, "at": NOON} | said
    return record_gift(customer=customer, amount=Decimal(amount), by=by, **said)


def test_the_cap_holds_for_a_guest_and_a_calendar_year(own, manager):
    give(own.customer, "300", manager)
    give(own.customer, "200", manager)
    with pytest.raises(RuleBroken, match=r"500\.01 CNY in 2026: more than 500\.00 CNY") as refusal:
        give(own.customer, "0.01", manager)
    assert (refusal.value.code, refusal.value.field) == ("cap", "amount")
    give(own.customer, "500", manager, given_on=date(2025, 12, 31))


def test_what_is_struck_out_counts_no_more(own, manager):
    gift = give(own.customer, "500", manager)
    strike_gift(gift=gift, reason="Returned", by=manager, at=NOON)
    give(own.customer, "500", manager)
    with pytest.raises(RuleBroken, match="already"):
        strike_gift(gift=gift, reason="Again", by=manager, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Gift.objects.filter(pk=gift.pk).update(amount=1)


def test_a_gift_above_the_cap_is_recorded_when_somebody_else_approves(own, manager, approver):
    said = {"kind": "gift", "what": "钢笔", "amount": Decimal("900.00"), "given_on": TODAY}
    proposal = propose_gift(customer=own.customer, **said, reason="Thirty years with us", by=manager, at=timezone.now())
    assert not Gift.objects.exists()
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    gift = Gift.objects.get()
    assert (gift.amount, gift.by, gift.proposal) == (Decimal("900.00"), manager, proposal)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Decimal("-1")}, "amount"), ({"amount": Decimal("1.001")}, "amount"), ({"what": " "}, "what"),
        ({"kind": "bribe"}, "kind"), ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
    ],
)  # fmt: skip
def test_what_is_no_gift_is_refused_beside_its_field(own, manager, wrong, field):
    said = {"kind": "gift", "what": "茶叶", "amount": Decimal(1), "given_on": TODAY} | wrong
    with pytest.raises(RuleBroken) as refusal:
        record_gift(customer=own.customer, by=manager, at=NOON, **said)
    assert refusal.value.field == field


def test_the_value_per_guest_is_recorded_for_those_who_attended(own, other, manager, head, east):
    event = EventFactory(branch=east, state="held", places=9, starts_at=NOON)
    near = CustomerFactory(manager=manager, branch=east)
    came = {"event": event, "answered": True, "state": "attended", "checked_in_at": NOON}
    for customer in (own.customer, near, other.customer):
        InvitationFactory(customer=customer, **came)
    give(near, "400", manager)

    told = record_for_guests(event=event, what="晚宴", amount=Decimal(200), by=manager, at=NOON)

    assert [gift.customer for gift in told.gifts] == [own.customer] and told.above == [near]
    again = record_for_guests(event=event, what="晚宴", amount=Decimal(50), by=head, at=NOON)
    assert [gift.customer for gift in again.gifts] == [near]


def test_pages_record_propose_sum_and_strike(own, other, manager, signed_in, queries):
    client = signed_in(manager)
    GiftFactory(customer=other.customer, what="Not theirs")
    typed = {
        "customer": own.customer.number,
        "kind": "gift",
        "what": "茶叶",
        "amount": "400",
        "given_on": timezone.localdate(),
    }
    assert client.post("/gifts/new/", typed | {"customer": other.customer.number}).status_code == 422
    assert client.post("/gifts/new/", typed).status_code == 302
    above = client.post("/gifts/new/", typed)
    assert above.status_code == 422 and "needs an approval" in above.text
    assert "somebody else decides" in client.post("/gifts/new/", typed | {"reason": "Jubilee"}, follow=True).text
    assert Proposal.objects.get().kind == "gift_above_cap" and Gift.objects.filter(customer=own.customer).count() == 1
    with queries("gifts"):
        page = client.get("/gifts/").text
    assert "茶叶" in page and "Not theirs" not in page
    with queries("gifts:given"):
        sums = client.get("/gifts/given/").text
    assert "400.00 <span" in sums and "100.00 <span" in sums and own.customer.name in sums
    assert own.customer.name not in client.get("/gifts/given/", {"year": "2001"}).text
    assert "茶叶" in client.get(f"/customers/{own.customer.pk}/timeline/", {"kind": "gift"}).text
    gift = Gift.objects.get(customer=own.customer)
    client.post(f"/gifts/{gift.pk}/strike/", {"reason": "Returned"})
    assert own.customer.name not in client.get("/gifts/given/").text


def test_rest_records_and_refuses_above_the_cap(own, other, manager, api):
    client = api(manager)
    said = {
        "customer": own.customer.number,
        "kind": "gift",
        "what": "茶叶",
        "amount": "400.00",
        "given_on": "2026-03-04",
    }
    assert client.post("/api/v1/gifts/", said, format="json").status_code == 201
    above = client.post("/api/v1/gifts/", said, format="json")
    assert (above.status_code, above.json()["code"], list(above.json()["errors"])) == (409, "cap", ["amount"])
    assert client.post("/api/v1/gifts/", said | {"customer": other.customer.number}, format="json").status_code == 400
    gift = client.get("/api/v1/gifts/", {"customer": own.customer.number}).json()["results"][0]
    struck = client.post(f"/api/v1/gifts/{gift['id']}/strike/", {"reason": "Returned"}, format="json")
    assert struck.json()["struck_because"] == "Returned"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_pass_the_cap(manager):
    customer = CustomerFactory(manager=manager, branch=manager.branch)
    wrong = at_once([lambda: give(customer, "200", manager) for _ in range(5)])
    assert sorted(error.code for error in wrong) == ["cap"] * 3 and Gift.objects.count() == 2
