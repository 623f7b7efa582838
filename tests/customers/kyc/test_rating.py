"""The money-laundering risk: up at once, down by two people; and a case that only the cleared know of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from hypothesis import given
from hypothesis import strategies as st

from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from customers.kyc.rating import end_case, next_due, rate_customer, rating_of
from customers.kyc.services import begin_review, conclude_review, propose_end_of_case, propose_lower
from customers.models import KycInterval, KycReview, RiskRating
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
WHY = "Deals in antiques"


@pytest.fixture
def rate(own, manager):
    def act(level, **said):
        return rate_customer(customer=own.customer, level=level, **{"reason": WHY, "by": manager, "at": AT} | said)

    return act


@pytest.mark.parametrize(
    ("level", "due_on"), [("high", date(2026, 10, 1)), ("medium", date(2027, 4, 1)), ("low", date(2029, 4, 1))]
)
def test_a_review_comes_due_by_the_risk(rate, own, level, due_on) -> None:
    rate(level)
    review = own.customer.kyc_reviews.get()
    assert (review.due_on, review.level, review.state) == (due_on, level, "due")


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.sampled_from(["low", "medium", "high"]))
def test_the_next_day_lies_as_many_months_later_and_never_after_the_end_of_a_month(day, level) -> None:
    due, months = next_due(level, day), KycInterval.objects.get(level=level).months
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)


def test_a_higher_risk_counts_at_once_and_brings_the_review_forward(rate, own) -> None:
    rate("low")
    rate("high", at=AT + timedelta(days=30))
    assert rating_of(own.customer).level == "high"
    assert own.customer.kyc_reviews.get().due_on == date(2026, 11, 1)


def test_saying_the_same_again_puts_no_review_off(rate, own) -> None:
    rate("medium")
    rate("medium", at=AT + timedelta(days=90))
    assert own.customer.kyc_reviews.get().due_on == date(2027, 4, 1)


def test_a_lower_risk_needs_a_second_pair_of_eyes(rate, own, manager, approver) -> None:
    rate("high")
    with pytest.raises(RuleBroken, match="second pair of eyes") as refused:
        rate("medium")
    assert refused.value.code == "needs_approval"
    proposal = propose_lower(customer=own.customer, level="medium", reason="The shop was sold", by=manager, at=AT)
    assert rating_of(own.customer).level == "high"

    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=AT)

    known = rating_of(own.customer)
    assert (known.level, known.by, known.approved_by, known.reason) == (
        "medium",
        manager,
        approver,
        "The shop was sold",
    )
    assert own.customer.kyc_reviews.get().level == "medium"


def test_a_rating_meanwhile_overtakes_the_proposal(rate, own, manager, approver) -> None:
    rate("high")
    proposal = propose_lower(customer=own.customer, level="low", reason="The shop was sold", by=manager, at=AT)
    rate("high", reason="Bought another shop")
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=AT)
    assert rating_of(own.customer).level == "high"


def test_nobody_proposes_about_a_customer_out_of_reach_or_a_risk_that_is_not_lower(rate, own, other, manager) -> None:
    rate("medium")
    for number, level in ((other.customer.number, "low"), (own.customer.number, "medium"), (own.customer.number, "x")):
        with pytest.raises(RuleBroken):
            propose(kind="kyc_downgrade", content={"customer": number, "level": level}, title="x", reason="Because", by=manager)  # fmt: skip


def test_a_case_is_opened_by_the_cleared_is_high_and_stands_once(rate, own, head) -> None:
    with pytest.raises(RuleBroken, match="Only who is cleared"):
        rate("high", is_case=True)
    with pytest.raises(RuleBroken, match="is high"):
        rate("low", is_case=True, by=head)
    rate("high", is_case=True, by=head)
    with pytest.raises(RuleBroken, match="already"):
        rate("high", is_case=True, by=head)


def test_what_is_of_a_case_only_the_cleared_see(own, manager, head, auditor, teller) -> None:
    plain, case = RiskRatingFactory(customer=own.customer), RiskRatingFactory(customer=own.customer, case=True)
    review, hidden = KycReviewFactory(customer=own.customer), KycReviewFactory(customer=own.customer, case=True)
    for user in (manager, teller):
        assert list(RiskRating.objects.visible_to(user)) == [plain]
        assert list(KycReview.objects.visible_to(user)) == [review]
    for user in (head, auditor):
        assert set(RiskRating.objects.visible_to(user)) == {plain, case}
        assert set(KycReview.objects.visible_to(user)) == {review, hidden}


def test_a_case_leaves_the_risk_that_others_see_as_it_is(rate, own, head) -> None:
    rate("low")
    rate("high", is_case=True, by=head, at=AT + timedelta(days=1))
    assert rating_of(own.customer).level == "low"
    assert KycReview.objects.plain().get().due_on == date(2029, 4, 1)
    assert KycReview.objects.get(is_case=True).due_on == date(2026, 10, 2)


def test_a_case_ends_by_two_people(rate, own, head, manager, approver) -> None:
    case = rate("high", is_case=True, by=head)
    with pytest.raises(RuleBroken):
        propose_end_of_case(customer=own.customer, rating_id=case.pk, reason="Cleared up", by=manager, at=AT)
    proposal = propose_end_of_case(customer=own.customer, rating_id=case.pk, reason="Cleared up", by=head, at=AT)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=AT)
    case.refresh_from_db()
    assert case.ended_at is not None and case.ended_by == approver


def test_the_interval_is_data_that_two_people_change(rate, own, admin, approver) -> None:
    content = {"level": "high", "months": 3}
    proposal = propose(kind="kyc_interval", content=content, title="Every quarter", reason="New rules", by=admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    rate("high")
    assert own.customer.kyc_reviews.get().due_on == date(2026, 7, 1)
    for wrong in ({"level": "high", "months": 0}, {"level": "x", "months": 3}, {"level": "high"}, []):
        with pytest.raises(RuleBroken):
            propose(kind="kyc_interval", content=wrong, title="x", reason="Because", by=admin)


def test_what_was_said_never_changes_not_even_by_sql(rate) -> None:
    rate("high")
    for statement in ("UPDATE customers_riskrating SET level = 'low'", "DELETE FROM customers_riskrating"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_end_of_a_case_ends_its_planned_review(rate, own, head) -> None:
    case = rate("high", is_case=True, by=head)
    end_case(rating=case, by=head, at=AT)
    review = KycReview.objects.get(customer=own.customer, is_case=True)
    assert (review.state, review.conclusion, review.reviewer) == ("done", "ended", head)


def test_a_review_of_a_case_that_somebody_has_begun_is_the_last_one(rate, own, head) -> None:
    DocumentFactory(customer=own.customer)
    case = rate("high", is_case=True, by=head)
    review = begin_review(review=KycReview.objects.get(is_case=True), by=head, at=AT)
    end_case(rating=case, by=head, at=AT)
    checks = {name: {"result": "ok"} for name in ("identity", "address", "occupation", "funds", "screening")}
    said = {"conclusion": "keep", "remark": "Explained by a sale", "by": head, "at": AT}
    with pytest.raises(RuleBroken):
        conclude_review(review=review, checks=checks, **said | {"conclusion": "ended"})
    conclude_review(review=review, checks=checks, **said)
    assert not KycReview.objects.waiting().filter(is_case=True).exists()
