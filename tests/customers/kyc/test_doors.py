"""The tab, the banner, the list, the form of a review; the same over REST; merges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from customers.duplicates.services import merge_customers, undo_merge
from customers.kyc.rating import rating_of
from customers.models import KycInterval, KycReview, RiskRating
from tests.customers.duplicates.conftest import NOW, now
from tests.factories import CustomerFactory
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory

pytestmark = pytest.mark.django_db
CHECKS = ("identity", "address", "occupation", "funds", "screening")
TYPED = dict.fromkeys(CHECKS, "ok") | {f"{name}_note": "" for name in CHECKS}


def days(count: int):
    return timezone.localdate() + timedelta(days=count)


def test_an_overdue_review_is_a_banner_and_one_that_is_due_a_line(own, signed_in, manager, teller) -> None:
    review = KycReviewFactory(customer=own.customer, due_on=days(30))
    address, client = f"/customers/{own.customer.pk}/", signed_in(manager)
    page = client.get(address).text
    assert "KYC due" in page and "KYC review overdue" not in page
    KycReview.objects.filter(pk=review.pk).update(due_on=days(-1))
    assert "KYC review overdue" in client.get(address).text
    assert "KYC" not in signed_in(teller).get(address).text


def test_a_case_is_a_banner_for_the_cleared_alone(own, signed_in, manager, head) -> None:
    RiskRatingFactory(customer=own.customer, case=True)
    KycReviewFactory(customer=own.customer, case=True, due_on=days(-1))
    for address in (f"/customers/{own.customer.pk}/", f"/customers/{own.customer.pk}/?tab=kyc"):
        assert "AML case" in signed_in(head).get(address).text
        page = signed_in(manager).get(address).text
        assert "AML case" not in page and "laundering case" not in page and "Cash in many" not in page
        assert "overdue" not in page


@pytest.mark.parametrize("resource", ["kyc-ratings", "kyc-reviews"])
def test_a_program_lists_cases_if_its_token_carries_the_clearance(own, head, api, resource) -> None:
    row = {"kyc-ratings": RiskRatingFactory, "kyc-reviews": KycReviewFactory}[resource](
        customer=own.customer, case=True
    )
    for scopes, told in ((["aml-cases:read"], [row.pk]), ([], [])):
        program = api(head, f"{resource}:read", *scopes)
        assert [each["id"] for each in program.get(f"/api/v1/{resource}/").json()["results"]] == told
        assert program.get(f"/api/v1/{resource}/{row.pk}/").status_code == (200 if told else 404)


def test_a_manager_works_through_a_review(own, signed_in, manager, queries) -> None:
    DocumentFactory(customer=own.customer)
    RiskRatingFactory(customer=own.customer)
    review = KycReviewFactory(customer=own.customer, due_on=days(-1))
    client, address = signed_in(manager), f"/kyc-reviews/{review.pk}/"

    begun = client.post(f"{address}begin/")
    with queries("kyc_review"):
        assert "Source of funds" in client.get(address).text
    saved = client.post(address, {"version": "2", "act": "save", "funds": "missing", "funds_note": "asked"})
    stale = client.post(address, {"version": "2", "act": "save"})
    half = client.post(address, TYPED | {"version": "3", "act": "conclude", "funds": "", "level": "medium"})
    done = client.post(address, TYPED | {"version": "3", "act": "conclude", "level": "low", "conclusion": "keep", "remark": "Salary"})  # fmt: skip

    assert (begun.status_code, saved.status_code, stale.status_code, half.status_code) == (302, 302, 422, 422)
    assert "in the meantime" in stale.text and "Say how the review ends" in half.text
    assert done.headers["Location"] == f"/customers/{own.customer.pk}/?tab=kyc"
    with queries("customer:kyc"):
        page = client.get(done.headers["Location"]).text
    assert "waits for somebody else" in page and "Go on as before" in page


def test_the_list_shows_what_is_due_and_is_narrowed(own, other, signed_in, manager, head, queries) -> None:
    late = KycReviewFactory(customer=own.customer, due_on=days(-1))
    neighbour = CustomerFactory(manager=manager, branch=own.customer.branch)
    far = KycReviewFactory(customer=neighbour, due_on=days(31), level="low")
    KycReviewFactory(customer=other.customer, due_on=days(-1))
    case = KycReviewFactory(customer=own.customer, case=True, due_on=days(2))

    def listed(user, query: str = "") -> list[int]:
        return [row.pk for row in signed_in(user).get(f"/kyc-reviews/{query}").context["table"].data]

    assert listed(manager) == [late.pk] and listed(head) == [late.pk, case.pk]
    assert listed(manager, "?which=waiting") == [late.pk, far.pk] and listed(manager, "?which=overdue") == [late.pk]
    assert listed(manager, "?which=waiting&level=low") == [far.pk]
    client = signed_in(manager)
    with queries("kyc_reviews"):
        client.get("/kyc-reviews/")


def test_rest_rates_begins_and_concludes(own, api, manager) -> None:
    DocumentFactory(customer=own.customer)
    client = api(manager)
    rated = client.post(
        "/api/v1/kyc-ratings/", {"customer": own.customer.number, "level": "high", "reason": "Antiques"}
    )
    lower = client.post("/api/v1/kyc-ratings/", {"customer": own.customer.number, "level": "low", "reason": "Antiques"})
    review = client.get("/api/v1/kyc-reviews/").json()["results"][0]
    address = f"/api/v1/kyc-reviews/{review['id']}/"
    begun = client.post(f"{address}begin/")
    assert client.post(f"{address}checks/", {"checks": {}}).status_code == 400
    asked = {"checks": {"funds": {"result": "missing"}}, "version": begun.json()["version"]}
    kept = client.post(f"{address}checks/", asked)
    assert client.post(f"{address}checks/", asked).status_code == 409
    said = {
        "version": kept.json()["version"],
        "checks": {name: {"result": "ok"} for name in CHECKS},
        "conclusion": "keep",
        "remark": "Salary of a teacher",
    }
    done = client.post(f"{address}conclude/", said)

    assert (rated.status_code, lower.status_code, begun.json()["state"]) == (201, 409, "begun")
    assert kept.json()["checks"] == {"funds": {"result": "missing", "note": ""}}
    assert (done.json()["state"], done.json()["reviewer"]) == ("done", "manager")


def test_risk_and_reviews_go_with_a_merge_but_for_a_second_review_that_waits(manager, east) -> None:
    stays, goes = (CustomerFactory(name="王芳", manager=manager, branch=east) for _ in range(2))
    mine, theirs = (KycReviewFactory(customer=customer) for customer in (stays, goes))
    rating = RiskRatingFactory(customer=goes, level="high")
    merge = merge_customers(
        survivor=now(stays)[0], absorbed=now(goes)[0], reason="The same passport", by=manager, at=NOW
    )
    assert RiskRating.objects.get(pk=rating.pk).customer == stays
    assert KycReview.objects.get(pk=mine.pk).customer == stays and KycReview.objects.get(pk=theirs.pk).customer == goes
    undo_merge(merge=merge, reason="Two sisters", by=manager, at=NOW)
    assert RiskRating.objects.get(pk=rating.pk).customer == goes


def test_the_higher_risk_of_two_records_and_the_nearer_review_stay(manager, east) -> None:
    stays, goes = (CustomerFactory(name="王芳", manager=manager, branch=east) for _ in range(2))
    RiskRatingFactory(customer=goes, level="high", rated_at=datetime(2023, 1, 1, tzinfo=UTC))
    RiskRatingFactory(customer=stays, level="low", rated_at=datetime(2024, 1, 1, tzinfo=UTC))
    far = KycReviewFactory(customer=stays, level="low", due_on=date(2027, 1, 1))
    KycReviewFactory(customer=goes, level="high", due_on=date(2026, 5, 1))
    merge = merge_customers(
        survivor=now(stays)[0], absorbed=now(goes)[0], reason="The same passport", by=manager, at=NOW
    )
    assert rating_of(stays).level == "high"
    far.refresh_from_db()
    assert (far.level, far.due_on) == ("high", date(2026, 5, 1))
    undo_merge(merge=merge, reason="Two sisters", by=manager, at=NOW)
    far.refresh_from_db()
    assert (far.level, far.due_on) == ("low", date(2027, 1, 1))
    assert rating_of(stays).level == "high"  # nobody has approved a lower one


def test_what_nobody_can_work_on_is_in_no_list(own, signed_in, manager) -> None:
    standing = KycReviewFactory(customer=own.customer, due_on=date(2026, 1, 1))
    gone = CustomerFactory(manager=manager, branch=own.customer.branch, status="deceased")
    KycReviewFactory(customer=gone, due_on=date(2026, 1, 1))
    rows = signed_in(manager).get("/kyc-reviews/").context["table"].rows
    assert [row.record for row in rows] == [standing]


def test_whoever_merges_learns_from_no_number_that_there_is_a_case(manager, east, signed_in) -> None:
    stays, goes = (CustomerFactory(name="王芳", manager=manager, branch=east) for _ in range(2))
    case = RiskRatingFactory(customer=goes, case=True)
    review = KycReviewFactory(customer=goes, case=True)
    KycReviewFactory(customer=goes)
    page = signed_in(manager).get(f"/customers/{stays.pk}/merge/{goes.pk}/")
    assert [(str(each.label), each.count) for each in page.context["moving"]] == [("KYC reviews", 1)]
    merge_customers(survivor=now(stays)[0], absorbed=now(goes)[0], reason="The same passport", by=manager, at=NOW)
    assert RiskRating.objects.get(pk=case.pk).customer == KycReview.objects.get(pk=review.pk).customer == stays


def test_an_admin_proposes_another_interval_and_the_staff_reads_it(signed_in, admin, approver, manager) -> None:
    high = KycInterval.objects.get(level="high")
    desk, address = signed_in(admin), f"/kyc-intervals/{high.pk}/"
    assert f"{address}" in desk.get("/kyc-intervals/").text
    assert desk.post(address, {"months": "0", "reason": "New rules"}).status_code == 422
    assert desk.post(address, {"months": "3", "reason": "New rules"}).status_code == 302
    proposal = Proposal.objects.get(kind="kyc_interval")
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    high.refresh_from_db()
    page = signed_in(manager).get("/kyc-intervals/").text
    assert high.months == 3 and address not in page
