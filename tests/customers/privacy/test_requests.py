"""A request is proposed once, by whatever door, and answered by any head in whose charge the customer is."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from structlog.testing import capture_logs

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from crm.identity.models import Notification
from customers.models import Customer, Erasure
from customers.privacy.requests import propose_erasure, refuse_erasure
from customers.tasks import tidy_privacy
from tests.customers.privacy.conftest import NAME, OLD_NAME, PHONE, WORDS
from tests.customers.privacy.everywhere import places_of
from tests.factories import CustomerFactory, ErasureFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def request_of(manager, east):
    def made(customer=None) -> Erasure:
        return ErasureFactory(customer=customer or CustomerFactory(manager=manager, branch=east))

    return made


@pytest.fixture
def post(api, head):
    """A head proposes at the door of all proposals."""

    def posted(erasure: Erasure, title: str = "Erase", **more):
        content = {"customer": erasure.customer.number, "erasure": erasure.pk, "kept_until": ""} | more
        asked = {"kind": "erasure", "title": title, "reason": "Asked by letter", "content": content}
        return api(head).post("/api/v1/proposals/", asked, format="json")

    return posted


def test_an_erasure_is_called_by_the_number_whatever_its_maker_calls_it(post, request_of, known, approver) -> None:
    erasure = request_of(known)
    assert post(erasure, title=f"删除{NAME}").status_code == 201
    erasure.refresh_from_db()
    proposal = Proposal.objects.get(kind="erasure")
    assert erasure.proposal == proposal and proposal.title == f"Erase customer {known.number}"
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    assert list(places_of(*WORDS)) == []


@pytest.mark.parametrize("until", ["2099-01-31", "some day", 7, None])
def test_nobody_says_but_the_law_until_when_something_is_kept(until, post, request_of) -> None:
    answer = post(request_of(), kept_until=until)
    assert answer.status_code in (400, 409) and "another day" in answer.text
    assert not Proposal.objects.exists()


def test_two_proposals_never_stand_beside_each_other(post, request_of, head) -> None:
    erasure = request_of()
    assert post(erasure).status_code == 201
    assert "waits for an approver already" in post(erasure).text
    with pytest.raises(RuleBroken, match="waits for an approver already"):
        propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=NOW)
    assert Proposal.objects.count() == 1


def test_another_head_refuses_what_was_proposed_and_who_proposed_it_is_told(request_of, head, head_office) -> None:
    erasure, other = request_of(), UserFactory(head=True, branch=head_office)
    proposal = propose_erasure(erasure=erasure, reason="Asked by letter", by=head, at=NOW)
    refuse_erasure(erasure=erasure, answer="A loan is still running", by=other, at=NOW)
    proposal.refresh_from_db()
    erasure.refresh_from_db()
    assert (proposal.status, erasure.state) == ("withdrawn", "refused")
    assert Notification.objects.get(user=head, text__startswith="Settled otherwise").text.endswith(proposal.title)


@pytest.mark.parametrize("state", ["open", "refused"])
def test_the_request_of_a_customer_who_moved_away_goes_along(state, request_of, head, west) -> None:
    erasure = request_of()
    if state == "refused":
        refuse_erasure(erasure=erasure, answer="A loan is still running", by=head, at=NOW)
    there = UserFactory(head=True, branch=west)
    assert erasure in Erasure.objects.visible_to(head)
    erasure.customer.branch, erasure.customer.manager = west, None
    erasure.customer.save()
    assert erasure not in Erasure.objects.visible_to(UserFactory(head=True, branch=head.branch))
    assert erasure in Erasure.objects.visible_to(there)


def test_of_an_erased_customer_the_branch_that_asked_keeps_the_request(request_of, head, west) -> None:
    erasure = request_of()
    erasure.customer.branch, erasure.customer.manager, erasure.customer.erased_on = None, None, date.today()
    erasure.customer.save()
    assert erasure in Erasure.objects.visible_to(head)
    assert erasure not in Erasure.objects.visible_to(UserFactory(head=True, branch=west))


def test_a_seal_that_can_not_be_let_go_keeps_no_other_one_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE customers_erasure ADD CONSTRAINT a_test CHECK (sealed <> '' OR reason <> 'Stays')")
    held = {"state": "held", "closed_at": NOW, "held_until": date(2026, 1, 1), "proposal": ProposalFactory()}
    broken, whole = (ErasureFactory(reason=reason, sealed="{}", **held) for reason in ("Stays", "Goes"))
    with capture_logs() as said:
        assert tidy_privacy() == {"done": 1, "failed": 1}
    assert set(Erasure.objects.values_list("pk", "state")) == {(broken.pk, "held"), (whole.pk, "erased")}
    assert [line["erasure"] for line in said] == [broken.number]


def test_an_opened_seal_is_read_in_words(former, erased, head, signed_in) -> None:
    Customer.objects.filter(pk=former.pk).update(sex="female")
    erasure = erased(former)
    page = signed_in(head).post(f"/erasures/{erasure.pk}/sealed/", {"reason": "The court of Jing'an asks"}).text
    for said in ("Earlier versions of the record", "Birth date", "Occupation", "Female", NAME, OLD_NAME, PHONE):
        assert said in page
    for name in ("customers.customer", "pgh_", "birth_date", "branch_id", "manager_id", ">female<", "sort_key"):
        assert name not in page
