"""Who may be contacted, for what, by which channel, when: one answer, for one customer and for a set of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.contacting.contactable import Obstacle, contactable, contactable_each, whom_to_contact
from customers.models import Customer, Flag, Interaction, Purpose
from tests.factories import ConsentFactory, CustomerFactory, FlagFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
LATE = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)  # 21:00
EARLY = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)  # 08:00


@pytest.fixture
def agreed() -> Customer:
    """Somebody who agreed to marketing by phone and in the branch."""
    customer = CustomerFactory()
    for channel in ("phone", "branch"):
        ConsentFactory(customer=customer, channel=channel)
    return customer


def test_marketing_needs_a_consent_for_just_that_channel(agreed) -> None:
    assert contactable(agreed, "marketing", "phone", NOON)
    refused = contactable(agreed, "marketing", "sms", NOON)
    assert not refused and str(refused.reason) == "no marketing consent"


def test_a_consent_counts_from_its_moment_until_it_is_withdrawn() -> None:
    row = ConsentFactory(given_at=NOON, withdrawn_at=NOON + timedelta(hours=1))
    moments = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=1)]
    assert [bool(contactable(row.customer, "marketing", "branch", at)) for at in moments] == [False, True, True, False]


def test_service_needs_no_consent_and_rings_at_any_hour() -> None:
    assert contactable(CustomerFactory(), "service", "phone", LATE)


@pytest.mark.parametrize(("kind", "marketing", "survey"), [
    ("do_not_contact", False, False), ("court_freeze", False, True), ("fraud_case", False, False),
    ("open_complaint", False, True), ("vulnerable", True, True), ("minor", False, False), ("bereavement", False, False),
])  # fmt: skip
def test_a_flag_forbids_what_it_is_for(kind, marketing, survey, agreed) -> None:
    FlagFactory(customer=agreed, kind=kind)
    answers = [bool(contactable(agreed, purpose, "branch", NOON)) for purpose in ("marketing", "survey", "service")]
    assert answers == [marketing, survey, True]


def test_the_first_obstacle_is_named(agreed) -> None:
    FlagFactory(customer=agreed, kind="bereavement")
    assert contactable(agreed, "marketing", "phone", LATE).reason == "Bereavement"


def test_a_flag_that_has_ended_forbids_nothing(agreed) -> None:
    FlagFactory(customer=agreed, kind="bereavement", until=date(2026, 3, 10))
    assert contactable(agreed, "marketing", "phone", NOON)


def test_nobody_rings_from_nine_in_the_evening_to_eight_in_the_morning(agreed) -> None:
    assert contactable(agreed, "marketing", "phone", LATE).obstacle == Obstacle.QUIET_HOURS
    assert not contactable(agreed, "marketing", "phone", EARLY - timedelta(seconds=1))
    assert contactable(agreed, "marketing", "phone", EARLY)
    assert contactable(agreed, "marketing", "branch", LATE)


@pytest.mark.parametrize(("preferred", "answers"), [
    ("", [True, True, True, True]), ("morning", [True, False, False, False]), ("afternoon", [False, True, False, True]),
    ("evening", [False, False, True, False]), ("weekend", [False, False, False, True]),
])  # fmt: skip
def test_nobody_rings_at_another_time_than_the_customer_likes(agreed, preferred, answers) -> None:
    """On a Tuesday at 11:59, 12:00 and 18:00, and on a Saturday afternoon; at the branch one may be spoken to at any time."""
    agreed.preferred_time = preferred
    moments = [NOON - timedelta(minutes=1), NOON, NOON + timedelta(hours=6), NOON + timedelta(days=4)]
    assert [bool(contactable(agreed, "marketing", "phone", at)) for at in moments] == answers
    assert all(contactable(agreed, "marketing", "branch", at) for at in moments)
    assert contactable(agreed, "service", "phone", NOON)


@pytest.mark.parametrize(("status", "answers"), [
    ("active", [True, True, True]), ("prospect", [True, True, True]), ("frozen", [True, True, True]),
    ("closed", [False, False, True]), ("deceased", [False, False, False]),
])  # fmt: skip
def test_whose_last_account_is_closed_hears_of_no_offer_and_who_has_died_of_nothing(status, answers) -> None:
    customer = CustomerFactory(status=status)
    ConsentFactory(customer=customer)
    assert [bool(contactable(customer, purpose, "branch", NOON)) for purpose in Purpose] == answers


moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 20)).map(lambda at: at.replace(tzinfo=UTC))
days = st.dates(date(2026, 2, 27), date(2026, 3, 22))
channels = st.sampled_from(["phone", "branch", "sms"])


@given(
    status=st.sampled_from(Customer.Status.values),
    consents=st.lists(st.tuples(st.sampled_from(Purpose.values), channels, moments, st.none() | st.integers(0, 9))),
    flags=st.lists(st.tuples(st.sampled_from(Flag.Kind.values), days, st.integers(1, 9)), max_size=3),
    purpose=st.sampled_from(Purpose.values),
    channel=st.sampled_from(Interaction.Channel.values),
    preferred=st.sampled_from(["", *Customer.Time.values]),
    at=moments,
)
def test_one_customer_and_a_set_of_them_get_the_same_answer(
    status, consents, flags, purpose, channel, preferred, at
) -> None:
    customer = CustomerFactory(status=status, preferred_time=preferred)
    open_ones = set()
    for agreed_to, by, given_at, lasting in consents:
        withdrawn = None if lasting is None else given_at + timedelta(days=lasting)
        if withdrawn is None and (agreed_to, by) in open_ones:
            continue
        open_ones |= {(agreed_to, by)} if withdrawn is None else set()
        ConsentFactory(customer=customer, purpose=agreed_to, channel=by, given_at=given_at, withdrawn_at=withdrawn)
    for kind, since, lasting in flags:
        FlagFactory(customer=customer, kind=kind, since=since, until=since + timedelta(days=lasting))

    found = whom_to_contact(Customer.objects.filter(pk=customer.pk), purpose, channel, at)

    said = contactable(customer, purpose, channel, at)
    assert found.exists() == bool(said)
    assert contactable_each([customer], purpose, channel, at) == {customer.pk: said}
