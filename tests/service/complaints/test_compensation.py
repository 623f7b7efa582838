"""Compensation: a fee given back through the waiver ledger, under four eyes, no cent twice."""

from decimal import Decimal

import pytest

from crm.approvals.inbox import count_for
from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose, refuse
from crm.base.errors import RuleBroken
from segmentation.models import WaiverEntry
from service.complaints.compensating import ask_compensation, charges_of
from service.models import Compensation
from tests.factories import FeeChargeFactory, TierPeriodFactory, UserFactory
from tests.service.complaints.test_complaints import complained

pytestmark = pytest.mark.django_db


@pytest.fixture
def charge(own):
    TierPeriodFactory(customer=own.customer)
    return FeeChargeFactory(account=own.account, amount=Decimal("30.00"))


def asked(complaint, charge, by, amount="20.00") -> Proposal:
    said = {"reason": "Charged twice", "by": by, "at": None}
    return ask_compensation(complaint=complaint, charge=charge, amount=Decimal(amount), **said)


def given(complaint) -> list[Decimal]:
    return [each.given for each in Compensation.objects.filter(complaint=complaint).with_given()]


def test_it_is_a_waiver_that_somebody_else_approves(own, teller, manager, approver, charge):
    complaint = complained(own, teller)
    proposal = asked(complaint, charge, manager)
    assert given(complaint) == [0] and not WaiverEntry.objects.exists()
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    charge.refresh_from_db()
    assert (given(complaint), charge.waived) == ([Decimal("20.00")], Decimal("20.00"))
    reversal = propose(
        kind="waiver_reversal", content={"customer": own.customer.number, "entry": WaiverEntry.objects.get().number},
        title="Back", reason="Wrong fee", by=manager,
    )  # fmt: skip
    approve(proposal=reversal, content_hash=reversal.content_hash, by=approver)
    assert given(complaint) == [0]


def test_no_cent_is_given_back_twice(own, teller, manager, approver, charge):
    complaint = complained(own, teller)
    first, second = asked(complaint, charge, manager), asked(complaint, charge, manager)
    approve(proposal=first, content_hash=first.content_hash, by=approver)
    with pytest.raises(RuleBroken):
        approve(proposal=second, content_hash=second.content_hash, by=approver)
    with pytest.raises(RuleBroken, match="left to waive"):
        asked(complaint, charge, manager, "10.01")
    refused = asked(complaint, charge, manager, "10.00")
    refuse(proposal=refused, reason="Enough", by=approver)
    charge.refresh_from_db()
    assert charge.waived == 20 and sum(given(complaint)) == 20 and charge in charges_of(own.customer)


def test_it_is_kept_from_whom_the_complaint_is_about(own, teller, manager, head, approver, charge, signed_in):
    complaint, other = complained(own, teller, about=approver), UserFactory(approver=True)
    proposal = asked(complaint, charge, head)
    assert not approver.notifications.exists() and other.notifications.exists()
    assert count_for(approver, at=proposal.made_at) == 0
    assert signed_in(approver).get(f"/proposals/{proposal.pk}/").status_code == 404
    with pytest.raises(RuleBroken, match="about themselves"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    content = {"customer": own.customer.number, "charge": charge.number, "amount": "1.00"}
    for key in (f"complaint:{complained(own, teller, about=manager).pk}", "complaint:0", "complaint:x", "weather:1"):
        with pytest.raises(RuleBroken, match=r"no such complaint|Nobody asks"):
            propose(kind="manual_waiver", content=content | {"for": key}, title="Mine", reason="Mine", by=manager)


def test_on_the_page_it_is_proposed(own, teller, manager, charge, signed_in, agent):
    complaint, browser = complained(own, teller), signed_in(manager)
    url = f"/complaints/{complaint.pk}/"
    assert "30.00 CNY left" in browser.get(f"{url}compensate/").text
    wrong = browser.post(f"{url}compensate/", {"charge": charge.number, "amount": "31", "reason": "Twice"})
    assert wrong.status_code == 422 and "left to waive" in wrong.text
    browser.post(f"{url}compensate/", {"charge": charge.number, "amount": "12.50", "reason": "Twice"})
    assert Proposal.objects.get().amount == Decimal("12.50")
    assert "12.50" in browser.get(url).text
    assert f"{url}compensate/" not in signed_in(agent).get(url).text
