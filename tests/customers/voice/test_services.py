"""A need is noted once, without names, alone or with the contact; withdrawn for a day; and goes along with a merge."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Interaction, Need
from customers.voice.services import log_contact, note_need, withdraw_need
from tests.factories import CustomerFactory, InteractionFactory, ProductFactory
from tests.factories.calls import NeedFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)


def noted(customer, manager, **said):
    said = {"family": "deposit", "wish": "price", "is_met": False} | said
    return note_need(customer=customer, by=manager, at=NOW, **said)


def test_a_need_of_a_product_is_of_its_family(own, manager):
    need = noted(own.customer, manager, product=ProductFactory(fund=True), family="", quote="  Wants   more yield ")
    assert (need.family, need.quote, str(need)) == ("fund", "Wants more yield", "Fund: Better rate or fee")
    assert Event.objects.get(action="need.noted").data == {"family": "fund", "wish": "price", "is_met": False}


@pytest.mark.parametrize(
    "quote",
    [
        "张伟 wants more",
        "My number is 138 1234-5678",
        "Write to me@example.com",
        "Customer 1001 says so",
        "110101199003078515",
    ],
)
def test_a_quote_names_nobody(own, manager, quote):
    with pytest.raises(RuleBroken) as refused:
        noted(own.customer, manager, quote=quote)
    assert refused.value.field == "quote"


def test_years_and_rates_may_stand_in_a_quote(own, manager):
    assert noted(own.customer, manager, quote="In 2025 I got 2.15 % for 3 years")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"family": ""}, "about"),
        ({"family": "gold"}, "about"),
        ({"wish": "free"}, "wish"),
        ({"is_met": True, "met_by": "Another bank"}, "met_by"),
    ],
)
def test_what_is_no_need_is_refused(own, manager, said, field):
    with pytest.raises(RuleBroken) as refused:
        noted(own.customer, manager, **said)
    assert refused.value.field == field


def test_a_need_belongs_to_a_contact_with_the_same_customer(own, manager):
    with pytest.raises(RuleBroken):
        noted(own.customer, manager, interaction=InteractionFactory())


def test_contact_and_need_are_logged_both_or_neither(own, manager):
    need = {"family": "loan", "wish": "limit", "is_met": False, "quote": "Write to me@example.com"}
    contact = {"customer": own.customer, "at": NOW, "channel": "phone", "by": manager, "as_of": NOW}
    before = Interaction.objects.count()
    with pytest.raises(RuleBroken) as refused:
        log_contact(need=need, **contact)
    assert (refused.value.field, Interaction.objects.count()) == ("need_quote", before)
    interaction = log_contact(need=need | {"quote": "More than 200 thousand"}, **contact)
    assert interaction.needs.get().wish == "limit"


def test_a_need_is_withdrawn_for_a_day_by_who_noted_it(own, manager, manager2):
    need = NeedFactory(customer=own.customer, by=manager, noted_at=NOW)
    with pytest.raises(RuleBroken):
        withdraw_need(need=need, by=manager2, at=NOW)
    with pytest.raises(RuleBroken):
        withdraw_need(need=need, by=manager, at=NOW + timedelta(hours=24))
    withdraw_need(need=need, by=manager, at=NOW + timedelta(hours=23))
    with pytest.raises(RuleBroken):
        withdraw_need(need=need, by=manager, at=NOW + timedelta(hours=23))
    assert not Need.objects.standing().exists()


def test_the_database_lets_no_need_change(own):
    need = NeedFactory(customer=own.customer)
    for change in ({"quote": "x"}, {"is_met": True}, {"customer": CustomerFactory()}):
        with pytest.raises(InternalError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        need.delete()


def test_needs_go_with_a_merge_and_come_back(own, manager):
    same = {"manager": manager, "branch": own.customer.branch}
    goes = CustomerFactory(**same)
    need = NeedFactory(customer=goes)
    merge = merge_customers(survivor=own.customer, absorbed=goes, reason="The same", by=manager, at=NOW)
    need.refresh_from_db()
    assert need.customer == own.customer
    undo_merge(merge=merge, reason="Not the same", by=manager, at=NOW)
    need.refresh_from_db()
    assert need.customer == goes


def test_a_need_is_noted_listed_and_withdrawn_on_pages(own, manager, signed_in, other):
    NeedFactory(customer=other.customer)
    desk = signed_in(manager)
    address = reverse("customer_need", args=[own.customer.pk])
    assert desk.post(address, {"need_about": "family deposit"}).status_code == 422
    wrong = {"need_about": "family deposit", "need_wish": "price", "need_quote": "张伟 says"}
    assert "Leave names" in desk.post(address, wrong).text
    answer = desk.post(
        address, {"need_about": "family deposit", "need_wish": "price", "need_met_by": "Bank of Elsewhere"}
    )
    assert answer.headers["Location"] == f"/customers/{own.customer.pk}/?tab=needs"
    page = desk.get(answer.headers["Location"]).text
    assert "Deposit: Better rate or fee" in page and "Bank of Elsewhere" in page
    assert desk.get("/needs/").context["count"] == 1
    assert desk.get("/needs/?met_by=elsewhere").context["count"] == 1
    assert desk.get("/needs/?wish=limit").context["count"] == 0
    desk.post(f"/needs/{Need.objects.get(customer=own.customer).pk}/withdraw/")
    assert desk.get("/needs/").context["count"] == 0


def test_a_need_comes_with_the_quick_log(own, manager, signed_in):
    said = {"at": "2026-03-01T09:00", "channel": "phone", "direction": "out", "purpose": "care", "outcome": "reached"}
    need = {"need_about": "family loan", "need_wish": "speed", "need_met": "yes"}
    signed_in(manager).post(f"/customers/{own.customer.pk}/log/", said | need)
    found = Need.objects.get()
    assert (found.interaction.channel, found.family, found.wish, found.is_met) == ("phone", "loan", "speed", True)
