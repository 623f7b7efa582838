"""A review by somebody above who had no part in the answer."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from customers.models import AccountHolder, Customer
from customers.privacy.requests import ask_erasure, propose_erasure
from service.complaints.reviewing import ask_review, decide_review, reviewers_of
from service.complaints.services import answer
from service.models import Complaint, ComplaintReview
from tests.factories import ComplaintReviewFactory, UserFactory
from tests.service.complaints.test_complaints import API, DAY, ENDED, NOW, complained

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(head_office):
    return UserFactory(head=True, branch=head_office, username="above")


def answered(own, teller, by, **more) -> Complaint:
    return answer(complaint=complained(own, teller, **more), words="No.", by=by, at=NOW, **ENDED)


def test_it_goes_to_the_nearest_above_who_had_no_part_in_it(own, teller, manager, head, above):
    complaint = answered(own, teller, manager)
    assert reviewers_of(complaint) == [above]
    with pytest.raises(RuleBroken, match="does not stand above"):
        ask_review(complaint=complaint, words="Not content.", reviewer=head, by=teller, at=NOW)
    review = ask_review(complaint=complaint, words="Not content.", by=teller, at=NOW)
    assert (review.reviewer, str(review.due_on)) == (above, "2026-03-12")
    assert above.notifications.filter(text__contains=complaint.ticket.number_said).exists()
    with pytest.raises(RuleBroken, match="reviewed once"):
        ask_review(complaint=complaint, words="Again.", by=teller, at=NOW)


def test_who_answered_or_is_complained_about_never_reviews(own, teller, manager, above, head_office):
    other = UserFactory(head=True, branch=head_office)
    assert reviewers_of(answered(own, teller, above)) == [other]
    about = answered(own, teller, manager, about=other)
    assert reviewers_of(about) == [above]
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplaintReviewFactory(complaint=about, reviewer=other)
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplaintReviewFactory(complaint=about, reviewer=manager)


def test_there_is_none_without_an_answer_or_with_nobody_above(own, teller, manager):
    with pytest.raises(RuleBroken, match="no answer yet"):
        ask_review(complaint=complained(own, teller), words="No.", by=teller, at=NOW)
    with pytest.raises(RuleBroken, match="nobody above"):
        ask_review(complaint=answered(own, teller, manager), words="No.", by=teller, at=NOW)


def test_the_reviewer_alone_decides_once_and_the_customer_gets_a_letter(own, teller, manager, above):
    review = ask_review(complaint=answered(own, teller, manager), words="No.", by=teller, at=NOW)
    said = {"review": review, "outcome": "changed", "words": "You are right.", "at": NOW + DAY}
    with pytest.raises(RuleBroken, match="Only the reviewer"):
        decide_review(by=manager, **said)
    decided = decide_review(by=above, **said)
    assert "You are right." in decided.complaint.letters.get(kind="review").body
    with pytest.raises(RuleBroken, match="is decided"):
        decide_review(by=above, **said)
    for change in ({"decision": "No."}, {"words": "Content."}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ComplaintReview.objects.update(**change)


def test_on_pages_it_is_asked_for_listed_and_decided(own, teller, manager, above, signed_in):
    complaint = answered(own, teller, manager)
    url = f"/complaints/{complaint.pk}/"
    browser, judge = signed_in(teller), signed_in(above)
    assert "above" in browser.get(f"{url}review/").text
    browser.post(f"{url}review/", {"words": "Not content."})
    assert "Not content." in browser.get(url).text
    assert complaint.ticket.number_said in browser.get("/complaints/?which=review").text
    assert browser.get(f"{url}review/decide/").status_code == 404
    judge.post(f"{url}review/decide/", {"outcome": "stands", "words": "We stay with it."})
    assert "We stay with it." in judge.get(url).text
    assert complaint.ticket.number_said not in browser.get("/complaints/?which=review").text


def test_over_rest_it_is_asked_for_and_decided(own, teller, manager, above, api):
    complaint = answered(own, teller, manager)
    asked = api(teller).post(f"{API}{complaint.pk}/review/", {"words": "No.", "reviewer": "above"}, format="json")
    assert asked.json()["review"]["reviewer"] == "above", asked.json()
    said = {"outcome": "changed", "words": "Yes."}
    assert api(manager).post(f"{API}{complaint.pk}/review/decide/", said, format="json").status_code == 404
    done = api(above).post(f"{API}{complaint.pk}/review/decide/", said, format="json")
    assert done.json()["review"]["outcome"] == "changed" and done.json()["letters"][-1]["kind"] == "review"


def test_an_erasure_leaves_no_word_of_letters_and_reviews(own, teller, manager, head, above, approver):
    complaint = answered(own, teller, manager, subject="Kumquat")
    review = ask_review(complaint=complaint, words="Kumquat again.", by=teller, at=NOW)
    decide_review(review=review, outcome="stands", words="No kumquat.", by=above, at=NOW)
    Customer.objects.filter(pk=own.customer.pk).update(status="closed")
    AccountHolder.objects.filter(customer=own.customer).delete()
    now = timezone.now()
    asked = {"customer": own.customer, "requester": "customer", "received_on": timezone.localdate()}
    erasure = ask_erasure(reason="Asked in person", by=head, at=now, **asked)
    proposal = propose_erasure(erasure=erasure, reason="Asked in person", by=head, at=now)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    review.refresh_from_db()
    assert (review.words, review.decision) == ("–", "–")
    assert set(complaint.letters.values_list("subject", "body")) == {("–", "–")}
