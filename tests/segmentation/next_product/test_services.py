"""What customers say to suggestions: kept with its reason, obeyed for as long as it holds, found where an account opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Product
from segmentation.models import ClosedMonth, ProductAnswer, Suggestion
from segmentation.next_product.reckoning import find
from segmentation.next_product.services import answer_suggestion
from segmentation.next_product.showing import shown_of
from segmentation.night.context import Night
from tests.factories import AccountFactory, ConsentFactory, FlagFactory, RiskAssessmentFactory
from tests.segmentation.next_product.bank import close_january, holder, holders, offer, scheme, suggested
from tests.segmentation.night.bank import nights

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 3, 4, 0, tzinfo=UTC)
FORBIDDEN = (InternalError, ProgrammingError)


@pytest.fixture
def suggestion(db, manager) -> Suggestion:
    """The fund, for a customer of the manager who agreed to marketing in the branch and by phone."""
    scheme()
    holders(8, "current", "fund")
    customer = holder("current", manager=manager, branch=manager.branch)
    holders(7, "current")
    offer("fund")
    close_january()
    for channel in ("branch", "phone"):
        ConsentFactory(customer=customer, channel=channel)
    return Suggestion.objects.get(customer=customer)


def say(suggestion, manager, answer, **more):
    said = {"channel": "branch", "at": NOON} | more
    return answer_suggestion(suggestion=suggestion, answer=answer, by=manager, **said)


def test_an_answer_is_kept_with_who_heard_it_where_and_why(suggestion, manager) -> None:
    kept = say(suggestion, manager, "refused", reason="too_risky", note=" Lost money in 2015 ")

    assert (kept.customer, kept.product.code, kept.note) == (suggestion.customer, "fund", "Lost money in 2015")
    event = Event.objects.get(action="product.answered")
    assert event.customer_id == suggestion.customer_id
    assert event.data == {"product": "fund", "answer": "refused", "reason": "too_risky", "channel": "branch"}


@pytest.mark.parametrize(("answer", "rests_until"), [
    ("taken", date(2026, 5, 4)), ("refused", date(2026, 8, 2)), ("later", date(2026, 3, 5)), ("never", None),
])  # fmt: skip
def test_a_product_rests_after_each_answer(answer, rests_until, suggestion, manager) -> None:
    reason = "no_need" if answer == "refused" else ""
    assert say(suggestion, manager, answer, reason=reason).rests_until == rests_until


def test_what_rests_comes_back_with_the_first_closing_after_and_never_again_does_not(suggestion, manager) -> None:
    say(suggestion, manager, "later", again_on=date(2026, 2, 20))
    nights(date(2026, 2, 28), date(2026, 3, 1))
    assert suggested(suggestion.customer) == ["fund", "fund"]

    say(suggestion, manager, "never")
    nights(date(2026, 3, 31), date(2026, 4, 1))
    assert Suggestion.objects.filter(customer=suggestion.customer).count() == 2


@pytest.mark.parametrize("again_on", [date(2026, 2, 3), date(2027, 2, 4)])
def test_later_is_a_day_within_a_year(again_on, suggestion, manager) -> None:
    with pytest.raises(RuleBroken) as refused:
        say(suggestion, manager, "later", again_on=again_on)
    assert refused.value.field == "again_on"


@pytest.mark.parametrize(
    ("said", "field"), [({}, "reason"), ({"reason": "x"}, "reason"), ({"reason": "other"}, "note")]
)
def test_a_refusal_has_a_reason(said, field, suggestion, manager) -> None:
    with pytest.raises(RuleBroken) as refused:
        say(suggestion, manager, "refused", **said)
    assert refused.value.field == field


@pytest.mark.parametrize("answer", ["taken", "refused", "later"])
def test_who_did_not_agree_to_the_channel_was_not_to_be_asked(answer, suggestion, manager) -> None:
    with pytest.raises(RuleBroken, match="Not to be offered by SMS: no marketing consent") as refused:
        say(suggestion, manager, answer, channel="sms", reason="no_need" if answer == "refused" else "")
    assert refused.value.field == "channel"


def test_a_flag_forbids_the_offer_but_never_again_is_always_taken(suggestion, manager) -> None:
    FlagFactory(customer=suggestion.customer, kind="bereavement")
    with pytest.raises(RuleBroken, match="Bereavement"):
        say(suggestion, manager, "taken")
    assert say(suggestion, manager, "never", channel="sms").answer == "never"
    with pytest.raises(RuleBroken, match="never wants to hear"):
        say(suggestion, manager, "never")


def test_a_product_above_the_level_of_today_is_not_to_be_offered(suggestion, manager) -> None:
    Product.objects.filter(code="fund").update(risk=3)
    RiskAssessmentFactory(customer=suggestion.customer, level=2, assessed_on=date(2026, 2, 2))
    with pytest.raises(RuleBroken, match="risk R3 is above C2"):
        say(suggestion, manager, "taken")


def test_an_assessment_that_expired_since_the_suggestion_closes_it(suggestion, manager) -> None:
    with pytest.raises(RuleBroken, match="has expired"):
        say(suggestion, manager, "taken", at=NOON + timedelta(days=365))


def test_what_the_customer_holds_or_the_bank_no_longer_offers_is_not_to_be_offered(suggestion, manager) -> None:
    AccountFactory(holder=suggestion.customer, product=suggestion.product, opened_on=date(2026, 2, 2))
    with pytest.raises(RuleBroken, match="holds it"):
        say(suggestion, manager, "taken")


def test_a_suggestion_shows_its_reason_in_figures_and_by_which_channels_it_may_be_offered(suggestion) -> None:
    (shown,) = shown_of(suggestion.customer, NOON)
    assert shown.reason == "50 % of Person · Mass · assets under 10,000 hold it: 8 of 16."
    assert shown.channels == ("branch", "phone") and shown.may_be_offered and not shown.said


def test_who_may_not_be_contacted_is_shown_so(suggestion) -> None:
    FlagFactory(customer=suggestion.customer, kind="open_complaint")
    (shown,) = shown_of(suggestion.customer, NOON)
    assert (shown.against, shown.channels) == ("Open complaint", ())


def test_without_any_consent_the_reason_is_the_consent(suggestion, manager) -> None:
    for consent in suggestion.customer.consents.all():
        consent.withdrawn_at = NOON
        consent.save()
    (shown,) = shown_of(suggestion.customer, NOON)
    assert shown.against == "no marketing consent"


def test_what_is_held_by_now_is_not_shown(suggestion) -> None:
    AccountFactory(holder=suggestion.customer, product=suggestion.product, opened_on=date(2026, 2, 2))
    assert shown_of(suggestion.customer, NOON) == []


@pytest.mark.parametrize(("opened_on", "is_found"), [
    (date(2026, 2, 1), False), (date(2026, 2, 2), True), (date(2026, 5, 2), True), (date(2026, 5, 3), False),
])  # fmt: skip
def test_an_account_that_opens_within_ninety_days_is_found_as_taken(opened_on, is_found, suggestion) -> None:
    account = AccountFactory(holder=suggestion.customer, product=suggestion.product, opened_on=opened_on)

    find(replace(Night.of(ClosedMonth.objects.get().run), day=date(2026, 6, 1)))

    found = ProductAnswer.objects.filter(suggestion=suggestion, account=account, answer="taken", by=None)
    assert found.exists() == is_found


def test_an_opening_is_found_once_and_counts_for_the_newest_suggestion(suggestion) -> None:
    nights(date(2026, 2, 28), date(2026, 3, 1))
    AccountFactory(holder=suggestion.customer, product=suggestion.product, opened_on=date(2026, 3, 9))

    for last, closing in ((date(2026, 3, 31), date(2026, 4, 1)), (date(2026, 4, 30), date(2026, 5, 1))):
        nights(last, closing)

    assert ProductAnswer.objects.get().suggestion.month == date(2026, 2, 1)


def test_an_answer_never_changes_and_a_reason_belongs_to_a_refusal_alone(suggestion, manager) -> None:
    kept = say(suggestion, manager, "later")
    with pytest.raises(FORBIDDEN), transaction.atomic():
        ProductAnswer.objects.update(note="x")
    kept.pk, kept.reason = None, "no_need"
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_the_role_that_serves_may_keep_an_answer(suggestion, manager, as_app_role) -> None:
    assert say(suggestion, manager, "taken").pk
