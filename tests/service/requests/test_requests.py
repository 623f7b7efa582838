"""Verbs on service requests: who may ask for what, who authorises it, and what stands in the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from service.models import RequestStep, ServiceRequest
from service.requests.services import authorise, cancel
from tests.factories import FlagFactory, RiskAssessmentFactory, TicketFactory
from tests.factories.calls import CallFactory
from tests.factories.service_requests import PLAIN, RequestFormFactory, ServiceRequestFactory
from tests.service.requests.bank import AT, ask, fund

pytestmark = pytest.mark.django_db


def test_what_a_second_person_looks_at_waits_for_one_and_is_executed_by_the_cut_off_of_then(own, teller, head) -> None:
    asked = ask(own, teller, "remittance")
    assert (asked.state, str(asked.execute_on)) == ("requested", "2026-03-10")
    with pytest.raises(RuleBroken, match="Somebody else"):
        authorise(request=asked, by=teller, at=AT)
    done = authorise(request=asked, by=head, at=AT + timedelta(hours=6))
    assert (done.state, str(done.execute_on), done.authorised_by) == ("authorised", "2026-03-11", head)
    steps = RequestStep.objects.filter(request=asked).values_list("state", "by__username")
    assert list(steps) == [("requested", teller.username), ("authorised", head.username)]


def test_the_database_knows_the_second_person_the_ways_and_what_was_said_at_first(own, teller) -> None:
    asked = ask(own, teller, "remittance")
    row = ServiceRequest.objects.filter(pk=asked.pk)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        row.update(state="authorised", authorised_at=AT, authorised_by=teller)
    for change in ({"state": "executed", "ended_at": AT}, {"rules": {}}, {"requested_at": AT + timedelta(1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestStep.objects.update(words="Another")


def test_what_needs_nobody_else_is_authorised_at_once(own, teller) -> None:
    done = ask(own, teller, "card_replacement", answers={"reason": "Worn"})
    assert (done.state, done.authorised_by, done.identity) == ("authorised", teller, "document")


def test_a_form_that_is_sent_twice_makes_one_request(own, teller) -> None:
    once = uuid4()
    assert ask(own, teller, once=once) == ask(own, teller, once=once)
    assert ServiceRequest.objects.count() == 1


def test_what_was_said_is_encrypted_and_a_later_version_of_the_form_changes_nothing(own, teller) -> None:
    asked = ask(own, teller, "address_change", answers={"account": None, "address": "愚园路88号"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM service_servicerequest")
        assert "愚园路".encode() not in bytes(cursor.fetchone()[0])
    RequestFormFactory(content=PLAIN | {"code": "address_change"})
    asked.refresh_from_db()
    assert asked.answers == {"address": "愚园路88号"} and asked.name == "Address change"
    assert "愚园路" not in str(list(Event.objects.values_list("data", flat=True)))


def test_the_document_is_the_customers_and_a_wrong_one_is_kept(own, teller) -> None:
    with pytest.raises(RuleBroken, match="no number of an id document") as refused:
        ask(own, teller, document="110101199003070000")
    refused.value.conclude()
    assert refused.value.field == "document" and Event.objects.filter(action="service_request.wrong_document").exists()
    with pytest.raises(RuleBroken, match="shows an id document"):
        ask(own, teller, document="")


def test_an_agent_asks_for_it_during_a_verified_call_and_never_by_a_document(own, agent) -> None:
    lost = {"answers": {"what": "Card"}, "document": ""}
    with pytest.raises(RuleBroken, match="is verified for this"):
        ask(own, agent, "loss_report", **lost)
    call = CallFactory(agent=agent, verified=True, customer=own.customer, begun_at=AT)
    assert ask(own, agent, "loss_report", **lost).call == call
    with pytest.raises(RuleBroken, match="at a branch"):
        ask(own, agent, "limits")
    with pytest.raises(RuleBroken, match="is verified for this"):
        ask(own, agent, "loss_report", at=AT + timedelta(hours=1), **lost)


@pytest.mark.parametrize("status", ["deceased", "closed"])
def test_nothing_is_asked_in_the_name_of_who_has_left(own, teller, status) -> None:
    own.customer.status = status
    own.customer.save()
    with pytest.raises(RuleBroken, match="in their name"):
        ask(own, teller)


@pytest.mark.parametrize("kind", ["status", "court_freeze", "fraud_case"])
def test_nothing_leaves_a_frozen_customer_but_a_loss_is_reported(own, teller, kind) -> None:
    if kind == "status":
        own.customer.status = "frozen"
        own.customer.save()
    else:
        FlagFactory(customer=own.customer, kind=kind, since=AT.date())
    with pytest.raises(RuleBroken, match="nothing leaves"):
        ask(own, teller, "remittance")
    assert ask(own, teller, "loss_report", answers={"what": "Card"}).state == "authorised"


def test_what_the_record_forbids_meanwhile_is_not_authorised(own, teller, head) -> None:
    asked = ask(own, teller, "remittance")
    FlagFactory(customer=own.customer, kind="court_freeze", since=AT.date())
    with pytest.raises(RuleBroken, match="nothing leaves"):
        authorise(request=asked, by=head, at=AT)
    cancel(request=asked, reason="Frozen", by=head, at=AT)
    with pytest.raises(RuleBroken, match="no way"):
        authorise(request=asked, by=head, at=AT)


def test_whom_the_bank_cares_for_is_looked_at_twice(own, teller) -> None:
    FlagFactory(customer=own.customer, kind="minor", since=AT.date())
    assert ask(own, teller, "card_replacement", answers={"reason": "Worn"}).state == "requested"


def test_a_fund_has_to_suit_by_an_assessment_of_twelve_months(own, teller) -> None:
    said = {"answers": {"side": "Buy", "amount": "100.00", "product": fund(4).code}}
    with pytest.raises(RuleBroken, match="no risk assessment") as refused:
        ask(own, teller, "fund_order", **said)
    assert refused.value.field == "product"
    RiskAssessmentFactory(customer=own.customer, level=4, assessed_on=AT.date() - timedelta(days=400))
    with pytest.raises(RuleBroken, match="has expired"):
        ask(own, teller, "fund_order", **said)
    RiskAssessmentFactory(customer=own.customer, level=3, assessed_on=AT.date())
    with pytest.raises(RuleBroken, match="R4 is above C3"):
        ask(own, teller, "fund_order", **said)
    said["answers"]["product"] = fund(3).code
    assert ask(own, teller, "fund_order", **said).state == "authorised"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("account", "9999", "no open account"),
        ("account", None, "is missing"),
        ("account", "10\x0001", "A text"),
        ("amount", "100.005", "at most 2 decimals"),
        ("amount", "-1", "above zero"),
        ("amount", "NaN", "above zero"),
        ("amount", 1.5, "above zero"),
        ("amount", {"amount": "1", "currency": "XYZ"}, "currency is one of"),
        ("amount", [], "above zero"),
        ("channel", "Fax", "one of"),
        ("channel", 7, "A text belongs here"),
        ("until", "2026-02-30", "A date"),
        ("until", "2026-03-09", "has passed"),
    ],
)
def test_what_does_not_fit_a_field_is_said_beside_it(own, teller, field, value, said) -> None:
    with pytest.raises(RuleBroken, match=said) as refused:
        ask(own, teller, answers={field: value})
    assert refused.value.field == field and not ServiceRequest.objects.exists()


def test_unknown_fields_and_other_customers_accounts_are_refused(own, other, teller) -> None:
    with pytest.raises(RuleBroken, match="no field “shoes”"):
        ask(own, teller, answers={"shoes": "42"})
    with pytest.raises(RuleBroken, match="no open account"):
        ask(own, teller, answers={"account": other.account.number})


def test_it_may_belong_to_an_open_ticket_of_the_same_customer(own, other, teller) -> None:
    ticket = TicketFactory(customer=own.customer)
    assert ask(own, teller, ticket=ticket).ticket == ticket
    for wrong in (TicketFactory(customer=other.customer), TicketFactory(customer=own.customer, solved=True)):
        with pytest.raises(RuleBroken, match="an open ticket"):
            ask(own, teller, ticket=wrong)


def test_two_who_authorise_at_once_are_one(own, head) -> None:
    asked = ServiceRequestFactory(customer=own.customer)
    authorise(request=asked, by=head, at=AT, version=1)
    with pytest.raises(RuleBroken, match="in the meantime"):
        cancel(request=asked, reason="No", by=head, at=AT, version=1)
