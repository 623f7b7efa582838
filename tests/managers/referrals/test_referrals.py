"""A teller refers a customer; the manager answers within a business day, or the head is told; the teller hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Customer
from managers.models import Referral
from managers.referrals.services import accept_referral, decline_referral, escalate_referrals, refer
from tests.at_once import at_once
from tests.factories import CustomerFactory, ReferralFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)  # a Thursday
DAY = timedelta(days=1)
API = "/api/v1/referrals/"


@pytest.fixture
def made(own, teller) -> Referral:
    return refer(customer=own.customer, family="fund", note="Asked for a fund", by=teller, at=NOW)


def test_the_manager_is_told_and_has_a_business_day(made, manager, teller):
    assert (made.state, made.due_at, made.referred_by, made.escalated_at) == ("waiting", NOW + DAY, teller, None)
    assert manager.notifications.get().text == "A customer was referred to you."
    assert Event.objects.get(action="referral.made").customer_id == made.customer_id


def test_without_a_manager_at_work_the_head_has_it_at_once(own, manager, head, teller):
    manager.is_active = False
    manager.save()
    made = refer(customer=Customer.objects.get(pk=own.customer.pk), family="fund", by=teller, at=NOW)
    assert made.escalated_at == NOW and head.notifications.count() == 1


def test_one_waits_for_a_family_at_a_time(made, teller, manager):
    with pytest.raises(RuleBroken, match="referred for it already"):
        refer(customer=made.customer, family="fund", by=teller, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(customer=made.customer)
    decline_referral(referral=made, reason="Called last week", by=manager, at=NOW)
    assert refer(customer=made.customer, family="fund", by=teller, at=NOW).state == "waiting"


@pytest.mark.parametrize("status", ["closed", "deceased"])
def test_who_has_left_is_not_referred(own, teller, status):
    Customer.objects.filter(pk=own.customer.pk).update(status=status)
    with pytest.raises(RuleBroken, match="with this status"):
        refer(customer=own.customer, family="fund", by=teller, at=NOW)


def test_it_is_answered_once_and_the_teller_hears_of_it_without_a_name(made, manager, teller):
    accept_referral(referral=made, version=1, by=manager, at=NOW + DAY)
    made.refresh_from_db()
    assert (made.state, made.answered_by, made.answered_at) == ("accepted", manager, NOW + DAY)
    assert teller.notifications.get().text == "Your referral for “Fund”: Accepted."
    with pytest.raises(RuleBroken, match="answered already"):
        decline_referral(referral=made, reason="No", by=manager, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(state="declined", reason="No")


def test_to_decline_needs_a_reason_and_a_teller_answers_nothing(made, manager, teller):
    with pytest.raises(RuleBroken) as refusal:
        decline_referral(referral=made, reason=" ", by=manager, at=NOW)
    assert refusal.value.field == "reason"
    with pytest.raises(RuleBroken, match="manager or the head"):
        accept_referral(referral=made, by=teller, at=NOW)


def test_what_waits_longer_goes_to_the_head_once(made, head, manager, west):
    elsewhere = ReferralFactory(customer=CustomerFactory(branch=west))
    answered = ReferralFactory(customer=made.customer, family="card")
    accept_referral(referral=answered, by=manager, at=NOW)
    assert escalate_referrals(as_of=NOW + DAY - timedelta(minutes=1)) == 0
    assert escalate_referrals(as_of=NOW + DAY) == 2
    assert escalate_referrals(as_of=NOW + 2 * DAY) == 0
    assert [alert.text for alert in head.notifications.all()] == ["1 referral was not answered in time."]
    for row in (made, elsewhere):
        row.refresh_from_db()
        assert row.escalated_at == NOW + DAY
    accept_referral(referral=made, by=head, at=NOW + 2 * DAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_answers(made, manager, head):
    acts = [lambda who=who: accept_referral(referral=made, version=1, by=who, at=NOW) for who in (manager, head)]
    wrong = at_once(acts)
    assert len(wrong) == 1 and isinstance(wrong[0], RuleBroken)


def test_a_teller_refers_on_the_customers_page_and_sees_what_became_of_it(own, signed_in, teller, manager):
    here = f"/customers/{own.customer.pk}/"
    page = signed_in(teller).get(here).content.decode()
    assert f"{here}refer/" in page and 'data-key="r"' in page
    missing = signed_in(teller).post(f"{here}refer/", {"family": ""})
    assert missing.status_code == 422
    done = signed_in(teller).post(f"{here}refer/", {"family": "fund"}, follow=True).content.decode()
    made = Referral.objects.get()
    assert "You are told what becomes of it." in done and "Referred for “Fund”" in done

    answer = f"/referrals/{made.pk}/answer/"
    assert answer in signed_in(manager).get(here).content.decode()
    refused = signed_in(manager).post(answer, {"answer": "decline", "version": "1"})
    assert refused.status_code == 422 and "Say why." in refused.content.decode()
    signed_in(manager).post(answer, {"answer": "decline", "reason": "Called last week", "version": "1"})
    assert "Called last week" in signed_in(teller).get("/referrals/").content.decode()


def test_the_list_is_within_reach_at_one_price(made, other, signed_in, teller, queries):
    ReferralFactory(customer=other.customer, family="card")
    client = signed_in(teller)
    with queries("referrals"):
        page = client.get("/referrals/").content.decode()
    assert made.customer.name in page and other.customer.name not in page


def test_rest_refers_once_and_answers(own, api, teller, manager):
    key = {"Idempotency-Key": "r-1"}
    body = {"customer": own.customer.number, "family": "fund"}
    first = api(teller).post(API, body, format="json", headers=key)
    assert (first.status_code, api(teller).post(API, body, format="json", headers=key).json()) == (201, first.json())
    url = f"{API}{first.json()['id']}/"
    assert api(teller).post(f"{url}accept/", {"version": 1}, format="json").status_code == 409
    assert api(manager).post(f"{url}decline/", {"version": 1}, format="json").status_code == 400
    assert api(manager).post(f"{url}accept/", {"version": 9}, format="json").status_code == 409
    done = api(manager).post(f"{url}accept/", {"version": 1}, format="json")
    assert (done.status_code, done.json()["state"], done.json()["answered_by"]) == (200, "accepted", "manager")
