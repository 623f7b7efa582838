"""Who may speak for a customer, for what and until when; and what the phone centre sees of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.models import Customer
from service.callers.mandates import end_mandate, note_mandate
from service.models import Mandate, Ticket
from service.tickets.services import open_ticket
from tests.factories import ContactFactory, MandateFactory
from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PAPER = {"name": "Li Lei", "phone": "13900001234", "since": date(2026, 4, 1), "until": date(2026, 5, 1), "paper": "P1"}


def complain(customer, caller, by, at=NOW):
    said = {"kind": "complaint", "channel": "phone", "subject": "Queue", "body": "Two hours.", "impact": "low"}
    return open_ticket(customer=customer, caller=caller, by=by, at=at, **said)


def test_the_holder_speaks_for_what_it_says_and_until_it_ends(own, teller, agent):
    mandate = note_mandate(customer=own.customer, scopes=["complain"], by=teller, at=NOW, **PAPER)
    ticket = complain(own.customer, mandate.holder, agent)
    assert (ticket.customer, ticket.caller) == (own.customer, mandate.holder)
    with pytest.raises(RuleBroken, match="in such a matter") as refusal:
        open_ticket(
            customer=own.customer, caller=mandate.holder, by=agent, at=NOW, kind="request", channel="phone", subject="a", body="b"
        )  # fmt: skip
    assert refusal.value.field == "caller"
    with pytest.raises(RuleBroken, match="in such a matter"):
        complain(own.customer, mandate.holder, agent, at=datetime(2026, 5, 1, 1, tzinfo=UTC))
    end_mandate(mandate=mandate, by=teller, at=NOW)
    with pytest.raises(RuleBroken, match="in such a matter"):
        complain(own.customer, mandate.holder, agent)
    with pytest.raises(RuleBroken, match="already"):
        end_mandate(mandate=mandate, by=teller, at=NOW)


def test_it_ends_with_who_gave_it(own, teller, agent):
    mandate = note_mandate(customer=own.customer, scopes=["complain"], by=teller, at=NOW, **PAPER)
    Customer.objects.filter(pk=own.customer.pk).update(status="deceased")
    assert not Mandate.objects.holding(date(2026, 4, 2)).exists() and mandate.ended_at is None


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"paper": ""}, {"scopes": []}, {"scopes": ["all"]}, {"until": date(2026, 4, 1)},
     {"since": date(2026, 1, 1), "until": date(2026, 4, 2)}, {"phone": "1"}],
)  # fmt: skip
def test_what_is_not_whole_is_refused(own, teller, wrong):
    with pytest.raises(RuleBroken):
        note_mandate(customer=own.customer, by=teller, at=NOW, **{"scopes": ["ask"]} | PAPER | wrong)
    assert not Mandate.objects.exists()


def test_one_of_a_holder_a_day(own, teller):
    first = note_mandate(customer=own.customer, scopes=["ask"], by=teller, at=NOW, **PAPER)
    with pytest.raises(RuleBroken, match="on some of these days"):
        note_mandate(customer=own.customer, scopes=["request"], by=teller, at=NOW, **PAPER)
    with pytest.raises(IntegrityError, match="mandate_one_a_day"), transaction.atomic():
        MandateFactory(customer=own.customer, holder=first.holder)


def test_the_page_of_a_call_says_who_speaks_and_masks_the_names(own, agent, signed_in):
    Customer.objects.filter(pk=own.customer.pk).update(name="张伟")
    ContactFactory._meta.model.objects.filter(customer=own.customer).update(phone_hash=None)
    mandate = MandateFactory(customer=own.customer, holder__name="李雷")
    at = {"agent": agent, "begun_at": timezone.now()}
    call = CallFactory(number_hash=mandate.holder.phone_hash, **at)
    page = signed_in(agent).get(f"/calls/{call.pk}/").text
    assert "may speak for 张*" in page and "张伟" not in page and "李雷" not in page
    call.customer = own.customer
    call.save()
    page = signed_in(agent).get(f"/calls/{call.pk}/").text
    assert "李* may speak for this customer" in page and "李雷" not in page


def test_who_speaks_is_said_with_the_ticket(own, manager, signed_in):
    browser, url = signed_in(manager), f"/customers/{own.customer.pk}/ticket/"
    assert "Who speaks" not in browser.get(url).text
    mandate = MandateFactory(customer=own.customer)
    assert "Li Lei" in browser.get(url).text
    typed = {"kind": "question", "channel": "phone", "subject": "Card", "body": "Lost", "impact": "low"}
    browser.post(url, typed | {"caller": mandate.holder.pk})
    ticket = Ticket.objects.get()
    assert (ticket.customer, ticket.caller) == (own.customer, mandate.holder)
    assert "Brought by" in browser.get(f"/tickets/{ticket.pk}/").text
    assert browser.post(url, typed | {"caller": MandateFactory().holder.pk}).status_code == 422


def test_it_is_kept_and_revoked_on_the_customers_page(own, manager, signed_in):
    browser, url = signed_in(manager), f"/customers/{own.customer.pk}/"
    until = timezone.localdate() + 30 * DAY
    typed = PAPER | {"scopes": ["ask"], "since": timezone.localdate().isoformat(), "until": until.isoformat()}
    assert browser.post(f"{url}mandate/", typed).url == f"{url}?tab=mandates"
    assert "Li Lei" in browser.get(f"{url}?tab=mandates").text
    mandate = Mandate.objects.get()
    browser.post(f"/mandates/{mandate.pk}/end/")
    mandate.refresh_from_db()
    assert mandate.ended_by == manager and "revoked" in browser.get(f"{url}?tab=mandates").text
