"""A review: begun, worked on, concluded; what it may not conclude; and what follows."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from crm.base.errors import RuleBroken
from customers.kyc.rating import rating_of
from customers.kyc.services import begin_review, conclude_review, save_checks
from customers.models import KycReview
from tests.factories import CustomerFactory
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
GOOD = {name: {"result": "ok"} for name in ("identity", "address", "occupation", "funds", "screening")}
KEEP = {"conclusion": "keep", "remark": "Salary of a teacher"}


@pytest.fixture
def review(own):
    DocumentFactory(customer=own.customer)
    RiskRatingFactory(customer=own.customer)
    return KycReviewFactory(customer=own.customer, begun=True)


@pytest.fixture
def conclude(review, manager):
    def act(checks=GOOD, **said):
        return conclude_review(review=review, checks=checks, **{"by": manager, "at": AT} | KEEP | said)

    return act


def test_a_review_is_begun_once_and_kept_answer_by_answer(own, manager) -> None:
    review = KycReviewFactory(customer=own.customer)
    with pytest.raises(RuleBroken, match="Begin the review first"):
        save_checks(review=review, checks=GOOD, by=manager)
    begin_review(review=review, by=manager, at=AT)
    with pytest.raises(RuleBroken, match="begun this review already"):
        begin_review(review=review, by=manager, at=AT)
    save_checks(review=review, checks={"funds": {"result": "missing", "note": " asked  for it "}}, by=manager)
    review.refresh_from_db()
    assert review.checks == {"funds": {"result": "missing", "note": "asked for it"}}


def test_a_concluded_review_says_who_and_when_and_plans_the_next(conclude, review, manager) -> None:
    assert conclude() is None
    review.refresh_from_db()
    assert (review.state, review.conclusion, review.reviewer, review.concluded_at) == ("done", "keep", manager, AT)
    following = KycReview.objects.waiting().get()
    assert (following.due_on, following.level) == (date(2027, 4, 1), "medium")
    with pytest.raises(RuleBroken, match="concluded already"):
        conclude()


@pytest.mark.parametrize(
    ("checks", "said", "field"),
    [
        ({name: said for name, said in GOOD.items() if name != "funds"}, {}, "funds"),
        (GOOD | {"funds": {"result": "hit"}}, {}, "funds"),
        (GOOD | {"owners": {"result": "ok"}}, {}, "checks"),
        (GOOD | {"identity": {"result": "not_needed"}}, {}, "identity"),
        (GOOD | {"funds": {"result": "missing"}}, {}, "conclusion"),
        (GOOD | {"screening": {"result": "hit"}}, {"conclusion": "watch"}, "level"),
        (GOOD, {"conclusion": ""}, "conclusion"),
        (GOOD, {"remark": "ok"}, "remark"),
        (GOOD, {"level": "x"}, "level"),
    ],
)
def test_what_does_not_add_up_is_refused_beside_its_field(conclude, review, checks, said, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        conclude(checks, **said)
    assert refused.value.field == field
    review.refresh_from_db()
    assert review.state == "begun" and review.checks == {}


def test_an_identity_in_order_needs_a_document_that_has_not_ended(conclude, own) -> None:
    own.customer.documents.update(closed_at=AT, closed_as="lost")
    with pytest.raises(RuleBroken, match="No valid identity document"):
        conclude()
    DocumentFactory(customer=own.customer, passport=True, valid_until=date(2026, 3, 31))
    with pytest.raises(RuleBroken, match="No valid identity document"):
        conclude()
    DocumentFactory(customer=own.customer, valid_until=date(2026, 4, 1))
    conclude()


def test_owners_in_order_are_on_file(manager, east) -> None:
    company = CustomerFactory(company=True, manager=manager, branch=east)
    DocumentFactory(customer=company, credit_code=True)
    review = KycReviewFactory(customer=company, begun=True)
    checks = {name: {"result": "ok"} for name in ("identity", "address", "business", "funds", "owners", "screening")}
    with pytest.raises(RuleBroken, match="No beneficial owner is on file"):
        conclude_review(review=review, checks=checks, by=manager, at=AT, **KEEP)
    DocumentFactory(customer=company, owner=True)
    conclude_review(review=review, checks=checks, by=manager, at=AT, **KEEP)


def test_a_hit_makes_the_risk_high_at_once(conclude, own) -> None:
    conclude(GOOD | {"screening": {"result": "hit"}}, conclusion="watch", level="high")
    assert rating_of(own.customer).level == "high"
    assert KycReview.objects.waiting().get().due_on == date(2026, 10, 1)


def test_a_lower_risk_that_a_review_finds_is_proposed(conclude, own) -> None:
    proposal = conclude(level="low")
    assert proposal.content == {"customer": own.customer.number, "level": "low"}
    assert rating_of(own.customer).level == "medium"
    assert KycReview.objects.waiting().get().due_on == date(2027, 4, 1)


def test_who_was_overtaken_is_told(review, manager) -> None:
    save_checks(review=review, checks=GOOD, by=manager, version=1)
    with pytest.raises(RuleBroken, match="in the meantime"):
        save_checks(review=review, checks={}, by=manager, version=1)


def test_a_concluded_review_never_changes_not_even_by_sql(conclude) -> None:
    conclude()
    for statement in (
        "UPDATE customers_kycreview SET remark = 'x' WHERE state = 'done'",
        "DELETE FROM customers_kycreview",
    ):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
