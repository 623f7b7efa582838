"""From a form on the customer's page, over somebody else's yes, to the override that the night obeys."""

from datetime import date

import pytest

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from segmentation.models import TierOverride
from segmentation.services.overrides import publish_override
from tests.factories import CustomerFactory, TierFactory, TierOverrideFactory

pytestmark = pytest.mark.django_db
TYPED = {"kind": "grant", "since": "2026-12-01", "last": "2026-12-31", "reason": "Family of a private customer"}


@pytest.fixture
def gold(db):
    return TierFactory(gold=True)


def test_a_manager_proposes_and_an_approver_publishes(signed_in, own, manager, approver, gold) -> None:
    client = signed_in(manager)

    answer = client.post(f"/customers/{own.customer.pk}/override/", TYPED | {"tier": gold.pk})

    assert answer.status_code == 302 and not TierOverride.objects.exists()
    proposal = Proposal.objects.get(kind="tier_override")
    assert "given Gold at least" in proposal.what.sentences(proposal)[0]
    override = approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    assert (override.since, override.until, override.reason) == (date(2026, 12, 1), date(2027, 1, 1), TYPED["reason"])
    assert (override.proposal, override.approved_by) == (proposal, approver)


def test_ending_one_is_a_proposal_too(signed_in, own, manager, approver) -> None:
    override = TierOverrideFactory(customer=own.customer)

    answer = signed_in(manager).post(f"/overrides/{override.pk}/end/", {"on": "2026-10-01", "reason": "Left the board"})

    assert answer.status_code == 302, answer.content.decode()
    proposal = Proposal.objects.get(kind="tier_override_end")
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    override.refresh_from_db()
    assert override.ended_on == date(2026, 10, 1)


def test_another_override_meanwhile_overtakes_the_proposal(signed_in, own, manager, approver, gold) -> None:
    signed_in(manager).post(f"/customers/{own.customer.pk}/override/", TYPED | {"tier": gold.pk})
    proposal = Proposal.objects.get()
    TierOverrideFactory(customer=own.customer, since=date(2028, 1, 1), until=date(2028, 2, 1))

    with pytest.raises(RuleBroken):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)

    assert TierOverride.objects.count() == 1


def test_over_rest_nobody_proposes_about_a_customer_out_of_reach(api, other, manager, gold) -> None:
    content = {
        "customer": other.customer.number,
        "kind": "grant",
        "tier": "gold",
        "since": "2026-12-01",
        "until": "2027-01-01",
    }

    answer = api(manager).post(
        "/api/v1/proposals/",
        {"kind": "tier_override", "content": content, "title": "Gold", "reason": "Please"},
        format="json",
    )

    assert answer.status_code == 409 and not Proposal.objects.exists()


def test_the_list_counts_each_kind_and_shows_only_whom_one_reaches(signed_in, own, other, manager, gold) -> None:
    TierOverrideFactory(customer=own.customer)
    TierOverrideFactory(customer=other.customer, hold=True)

    page = signed_in(manager).get("/overrides/").content.decode()

    assert "Family of a private customer" in page and "Grant: at least this tier" in page
    assert "Hold: no fall" not in page.split('class="list-head"')[0].split("card-body")[-1]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"until": date(2028, 2, 1)}, "until"),
        ({"reason": " "}, "reason"),
        ({"kind": "cap", "since": date(2026, 6, 1)}, "tier"),
        ({"since": date(2026, 6, 1)}, "since"),
    ],
)
def test_a_wrong_override_is_refused_beside_its_field(changed: dict, field: str, gold) -> None:
    customer = CustomerFactory()
    TierOverrideFactory(customer=customer, since=date(2026, 6, 1), until=date(2026, 7, 1))
    asked = {"kind": "grant", "tier": gold, "since": date(2026, 1, 1), "until": date(2026, 5, 1), "reason": "Why"}
    if changed.get("kind") == "cap":
        asked["tier"] = TierFactory()
    asked |= changed
    if asked["since"] == date(2026, 6, 1):
        asked["until"] = date(2026, 8, 1)

    with pytest.raises(RuleBroken) as caught:
        publish_override(customer=customer, by="test", **asked)

    assert caught.value.field == field
