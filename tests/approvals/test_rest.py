import pytest

from crm.approvals.models import Proposal
from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/proposals/"
RESET = {"kind": "login_reset", "title": "Reset", "reason": "Lost", "content": {"username": "teller"}}


@pytest.fixture
def made(admin, teller):
    return ProposalFactory(maker=admin, subject_user=teller)


def test_a_program_proposes_and_another_person_approves(api, admin, approver, teller):
    teller.set_password("a long and quiet password")
    teller.save()
    answer = api(admin).post(URL, RESET)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert (body["status"], body["maker"], body["effect"], len(body["sentences"])) == ("open", "admin", {}, 2)
    said = api(approver).post(f"{URL}{body['id']}/approve/", {"content_hash": body["content_hash"]})
    assert (said.status_code, said.json()["status"], said.json()["checker"]) == (200, "approved", "approver")
    teller.refresh_from_db()
    assert not teller.has_usable_password()


def test_an_effect_is_never_taken_from_a_program(api, admin, teller):
    assert api(admin).post(URL, RESET | {"effect": {"movers": 0}}).json()["effect"] == {}


def test_the_maker_and_a_wrong_hash_get_a_refusal(api, admin, approver, made):
    right = {"content_hash": made.content_hash}
    assert api(admin).post(f"{URL}{made.pk}/approve/", right).json()["code"] == "maker"
    answer = api(approver).post(f"{URL}{made.pk}/approve/", {"content_hash": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (409, "hash")
    assert api(approver).post(f"{URL}{made.pk}/approve/").status_code == 400
    assert Proposal.objects.get().is_open


def test_nothing_of_a_proposal_is_patched_or_deleted(api, admin, approver, made):
    for who in (admin, approver):
        for method in ("patch", "put", "delete"):
            answer = getattr(api(who), method)(f"{URL}{made.pk}/", {"status": "approved"}, headers={"If-Match": "*"})
            assert answer.status_code == 405
    assert Proposal.objects.get().is_open


def test_a_repeated_approval_is_answered_and_not_done_again(api, approver, made):
    program, body = api(approver), {"content_hash": made.content_hash}
    answers = [program.post(f"{URL}{made.pk}/approve/", body, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert program.post(f"{URL}{made.pk}/approve/", body).json()["code"] == "decided"


def test_an_overtaken_one_stays_marked_even_under_a_key(api, approver, make, door):
    made = make()
    door.base = "door:2"
    answer = api(approver).post(f"{URL}{made.pk}/approve/", {"content_hash": made.content_hash},
                                headers={"Idempotency-Key": "k1"})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert Proposal.objects.get().status == "stale"


def test_what_is_wrong_with_the_content_stands_at_its_field(api, admin):
    answer = api(admin).post(URL, RESET | {"content": {"username": "nobody"}})
    assert (answer.status_code, list(answer.json()["errors"])) == (409, ["username"])
    assert list(api(admin).post(URL, RESET | {"content": []}).json()["errors"]) == ["content"]


def test_the_list_filters_by_status_and_kind(api, approver, made, queries):
    program = api(approver)
    with queries("api:proposals"):
        assert len(program.get(URL).json()["results"]) == 1
    assert program.get(f"{URL}?status=approved").json()["results"] == []
    assert len(program.get(f"{URL}?kind=login_reset&status=open").json()["results"]) == 1
