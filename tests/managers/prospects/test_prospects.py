"""A prospect is noted once, referred by nobody in a circle, and becomes a customer without being typed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers
from customers.models import Customer, Interaction
from managers.models import Prospect
from managers.prospects.services import change_prospect, convert_prospect, lose_prospect, note_prospect
from tests.at_once import at_once
from tests.factories import AccountFactory, BalanceFactory, CustomerFactory, InteractionFactory, ProspectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(manager) -> Customer:
    return CustomerFactory(name="林夕", manager=manager, branch=manager.branch, prospect=True)


def note(customer, by, **said) -> Prospect:
    return note_prospect(customer=customer, by=by, at=timezone.now(), **{"source": "branch"} | said)


def test_one_is_noted_once_and_only_of_a_record_that_is_a_prospect(own, newcomer, manager):
    note(newcomer, manager, next_step="约面谈", next_on=timezone.localdate())
    for customer, code in ((newcomer, "noted"), (own.customer, "status")):
        with pytest.raises(RuleBroken) as refused:
            note(customer, manager)
        assert (refused.value.field, refused.value.code) == ("customer", code)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "moon"}, "source"),
        ({"next_on": timezone.localdate()}, "next_step"),
        ({"next_step": "Call", "next_on": timezone.localdate() - timedelta(1)}, "next_on"),
    ],
)
def test_what_is_no_prospect_is_refused_beside_its_field(newcomer, manager, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        note(newcomer, manager, **wrong)
    assert refused.value.field == field


def test_a_referrer_needs_a_referral_and_a_circle_is_refused_however_long(newcomer, own, manager):
    with pytest.raises(RuleBroken) as refused:
        note(newcomer, manager, referrer=own.customer)
    assert refused.value.field == "referrer"
    with pytest.raises(RuleBroken, match="themselves"):
        note(newcomer, manager, source="referral", referrer=newcomer)
    first = note(newcomer, manager, source="referral", referrer=own.customer)
    middle = ProspectFactory(source="referral", referrer=newcomer).customer
    last = ProspectFactory(source="referral", referrer=middle).customer
    with pytest.raises(RuleBroken) as refused:
        change_prospect(prospect=first, referrer=last, by=manager, at=timezone.now())
    assert (refused.value.field, refused.value.code) == ("referrer", "cycle")
    with pytest.raises(IntegrityError), transaction.atomic():
        Prospect.objects.filter(pk=first.pk).update(referrer=middle)
    first.refresh_from_db()
    assert first.referrer == own.customer


@pytest.mark.django_db(transaction=True)
def test_two_that_name_each_other_at_once_make_no_circle(manager):
    one, two = (CustomerFactory(manager=manager, branch=manager.branch, prospect=True) for _ in range(2))
    pairs = ((one, two), (two, one))
    wrong = at_once([lambda a=a, b=b: note(a, manager, source="referral", referrer=b) for a, b in pairs])
    assert [error.code for error in wrong] == ["cycle"] and Prospect.objects.count() == 1


def test_it_is_lost_with_a_reason_and_begins_anew(newcomer, manager):
    prospect = note(newcomer, manager, next_step="Call")
    said = {"by": manager, "at": timezone.now()}
    with pytest.raises(RuleBroken) as refused:
        lose_prospect(prospect=prospect, reason=" ", **said)
    assert refused.value.field == "reason"
    lost = lose_prospect(prospect=prospect, reason="Moved away", version=1, **said)
    assert (lost.stage, lost.next_step, lost.version) == ("lost", "", 2)
    with pytest.raises(RuleBroken, match="meantime"):
        change_prospect(prospect=lost, stage="contacted", version=1, **said)
    again = change_prospect(prospect=lost, stage="contacted", version=2, **said)
    assert (again.stage, again.lost_because) == ("contacted", "")
    with pytest.raises(RuleBroken) as refused:
        change_prospect(prospect=again, stage="converted", **said)
    assert refused.value.field == "stage"


def test_it_becomes_a_customer_as_the_record_that_it_is_once(newcomer, manager):
    prospect = note(newcomer, manager)
    convert_prospect(prospect=prospect, by=manager, at=timezone.now())
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.status, newcomer.status_since) == ("林夕", "active", timezone.localdate())
    with pytest.raises(RuleBroken) as refused:
        convert_prospect(prospect=prospect, by=manager, at=timezone.now())
    assert refused.value.code == "status"


def test_it_is_counted_from_the_first_contact_to_the_first_balance_by_whatever_door(newcomer, manager):
    prospect = note(newcomer, manager)
    for day in (9, 4):
        InteractionFactory(customer=newcomer, at=datetime(2026, 3, day, 2, tzinfo=UTC))
    account = AccountFactory(number="N1", holder=newcomer)
    for day, amount in ((20, "0"), (24, "5000"), (25, "1")):
        BalanceFactory(account=account, on=date(2026, 3, day), amount=amount)
    Customer.objects.filter(pk=newcomer.pk).update(status="active")
    told = Prospect.objects.with_outcome().with_course().get(pk=prospect.pk)
    assert (told.outcome, told.first_balance) == ("converted", date(2026, 3, 24))
    assert told.first_contact == datetime(2026, 3, 4, 2, tzinfo=UTC) and Interaction.objects.count() == 2


@pytest.mark.parametrize("status", ["closed", "deceased"])
def test_whose_record_was_closed_is_no_new_prospect_whether_they_became_a_customer_or_not(
    newcomer, manager, signed_in, api, status
):
    never, once = note(newcomer, manager), ProspectFactory(customer__manager=manager, customer__branch=manager.branch)
    Prospect.objects.filter(pk=once.pk).update(stage="converted")
    Customer.objects.filter(prospect__in=(never, once)).update(status=status)
    assert set(Prospect.objects.with_outcome().values_list("outcome", flat=True)) == {status}
    for outcome, found in ((status, 2), ("new", 0), ("converted", 0)):
        assert len(api(manager).get("/api/v1/prospects/", {"outcome": outcome}).json()["results"]) == found
    for page in ("/prospects/", f"/prospects/{never.pk}/"):
        assert status.capitalize() in signed_in(manager).get(page, {"outcome": status}).text


def test_found_again_as_a_duplicate_it_goes_along_unless_the_other_has_one_or_referred_it(own, manager, head):
    typed, referred, kept = (
        ProspectFactory(customer=CustomerFactory(manager=manager, branch=manager.branch, prospect=True))
        for _ in range(3)
    )
    Prospect.objects.filter(pk=referred.pk).update(source="referral", referrer=own.customer)
    for prospect in (referred, typed, kept):
        merge_customers(
            survivor=own.customer, absorbed=prospect.customer, reason="Same person", by=head, at=timezone.now()
        )
    told = Prospect.objects.with_outcome()
    assert set(told.values_list("outcome", flat=True)) == {"converted"}
    for status, outcome in (("deceased", "deceased"), ("prospect", "closed")):
        Customer.objects.filter(pk=own.customer.pk).update(status=status)
        assert told.get(pk=kept.pk).outcome == outcome
    owners = dict(Prospect.objects.values_list("pk", "customer"))
    assert owners == {typed.pk: own.customer.pk, referred.pk: referred.customer_id, kept.pk: kept.customer_id}


def test_pages_note_change_and_convert(newcomer, own, manager, manager2, signed_in, queries):
    far = CustomerFactory(name="远方", number="FAR1")
    browser, page = signed_in(manager), f"/customers/{newcomer.pk}/"
    assert "Note where this prospect comes from" in browser.get(page).text
    typed = {"source": "referral", "referrer": far.number, "next_step": "约面谈", "next_on": timezone.localdate()}
    assert browser.post(f"{page}prospect/", typed).status_code == 422
    assert browser.post(f"{page}prospect/", typed | {"referrer": own.customer.number}).status_code == 302
    prospect = Prospect.objects.get()
    assert "约面谈" in browser.get(page).text
    browser.get("/prospects/")
    with queries("prospects"):
        listed = browser.get("/prospects/").text
    assert "林夕" in listed and "约面谈" in listed
    with queries("prospect"):
        shown = browser.get(f"/prospects/{prospect.pk}/").text
    assert own.customer.name in shown and "Referred by a customer" in shown
    Prospect.objects.filter(pk=prospect.pk).update(referrer=far)
    shown = browser.get(f"/prospects/{prospect.pk}/").text
    assert "远方" not in shown and "a customer out of your reach" in shown
    assert signed_in(manager2).get(f"/prospects/{prospect.pk}/").status_code == 404
    done = browser.post(f"/prospects/{prospect.pk}/convert/", {"version": 1})
    assert (done.status_code, done["Location"]) == (302, page)
    assert "/convert/" not in browser.get(f"/prospects/{prospect.pk}/").text


def test_over_rest_the_same(newcomer, own, other, manager, api):
    client = api(manager)
    said = {"customer": newcomer.number, "source": "referral", "referrer": own.customer.number, "next_step": "Call"}
    assert (
        client.post("/api/v1/prospects/", said | {"referrer": other.customer.number}, format="json").status_code == 400
    )
    made = client.post("/api/v1/prospects/", said, format="json")
    assert (made.status_code, made.json()["referrer"], made.json()["manager"]) == (201, own.customer.number, "manager")
    address = f"/api/v1/prospects/{made.json()['id']}/"
    assert client.patch(address, {"stage": "qualified"}, format="json").status_code == 428
    changed = client.patch(address, {"stage": "qualified"}, format="json", headers={"If-Match": '"1"'})
    assert (changed.json()["outcome"], changed.json()["version"]) == ("qualified", 2)
    Prospect.objects.update(referrer=other.customer)
    assert client.get(address).json()["referrer"] is None
    assert client.post(f"{address}lose/", {"version": 2, "reason": "No"}, format="json").json()["outcome"] == "lost"
    assert client.post(f"{address}convert/", {"version": 3}, format="json").json()["outcome"] == "converted"
    again = client.post(f"{address}convert/", {"version": 4}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "status")
