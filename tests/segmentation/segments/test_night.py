"""Whom segments pick, from which night on, and which of them speaks for the customer."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from crm.base.sql import run_text
from crm.jobs.models import RowError, Run
from customers.models import Customer
from segmentation.models import (
    PrimarySegment,
    Segment,
    SegmentDay,
    SegmentMembership,
    SegmentVersion,
    StagedSegments,
    StandingSegments,
)
from segmentation.rules.registry import FIELDS
from segmentation.segments import definition
from tests.factories import AccountFactory, AttributeFactory, AttributeValueFactory
from tests.segmentation.night.bank import customer_with, deposit, nights, policy
from tests.segmentation.segments.bank import RICH, periods, primary, segment, use

pytestmark = pytest.mark.django_db
D1, D2, D3 = (date(2026, 3, day) for day in (1, 2, 3))
POOR = {"not": RICH}
OPEN = None


@pytest.fixture(autouse=True)
def scheme(db: None) -> None:
    policy(("mass", None, 0))


def test_who_is_picked_joins_on_that_date_and_leaves_on_the_date_that_says_so() -> None:
    customer_with({D1: "1000", D2: "999.99", D3: "5000"}, number="A")
    customer_with({D1: "0", D3: "1000"}, number="B")
    use(segment())

    nights(D1, D3)

    assert periods("rich") == [("A", D1, D2), ("A", D3, OPEN), ("B", D3, OPEN)]
    assert not StagedSegments.objects.exists()


def test_the_first_by_priority_speaks_for_the_customer_and_whom_none_picks_is_unclassified() -> None:
    customer_with({D1: "5000"}, number="A")
    customer_with({D1: "1000"}, number="B")
    customer_with({D1: "1"}, number="C")
    very = {"field": "balance", "op": ">=", "value": "5000"}
    use(segment(priority=20), segment("very", very, priority=10), segment("other", RICH, scheme="second", priority=1))

    nights(D1, D1)

    assert primary() == {"A": "very", "B": "rich"}
    assert primary("second") == {"A": "other", "B": "other"}
    assert [number for number, _since, _until in periods("rich")] == ["A", "B"]


def test_who_likes_to_be_called_in_the_evening_is_a_segment_and_who_said_nothing_is_unknown() -> None:
    for number, channel, time in (("A", "phone", "evening"), ("B", "email", "evening"), ("C", "", "")):
        customer_with({D1: "1"}, number=number)
        Customer.objects.filter(number=number).update(preferred_channel=channel, preferred_time=time)
    by_phone = {"field": "preferred_channel", "op": "=", "value": "phone"}
    evening = {"field": "preferred_time", "op": "=", "value": "evening"}
    use(
        segment("called", {"all": [by_phone, evening]}),
        segment("silent", {"field": "preferred_channel", "op": "is_null"}),
    )

    nights(D1, D1)

    assert primary() == {"A": "called", "C": "silent"}


def test_a_night_asks_custom_attributes_anew_also_of_whom_nothing_else_has_changed() -> None:
    attribute = AttributeFactory()
    customer = customer_with({D1: "1"}, number="A")
    use(segment("players", {"field": "attribute_hobby", "op": "=", "value": "golf"}))

    nights(D1, D1)
    value = AttributeValueFactory(customer=customer, attribute=attribute, text="golf")
    nights(D2, D2)
    value.delete()
    nights(D3, D3)

    assert periods("players") == [("A", D2, D3)]


def test_equal_priorities_go_by_code() -> None:
    customer_with({D1: "5000"}, number="A")
    use(segment("zeta", priority=5), segment("alpha", priority=5))

    nights(D1, D1)

    assert primary() == {"A": "alpha"}


def test_another_order_changes_who_speaks_and_nobody_moves() -> None:
    customer_with({D1: "5000"}, number="A")
    customer_with({D1: "5"}, number="B")
    use(segment("one", priority=1), segment("two", priority=2))
    nights(D1, D1)

    use(segment("two", priority=1), segment("one", priority=2))
    nights(D2, D2)

    assert primary() == {"A": "two"}
    assert periods("one") == [("A", D1, OPEN)] and periods("two") == [("A", D1, OPEN)]
    changed = PrimarySegment.objects.order_by("since").values_list("segment__code", "since", "until")
    assert list(changed) == [("one", D1, D2), ("two", D2, OPEN)]


def test_a_night_that_changes_nothing_writes_nothing_but_the_counts() -> None:
    customer_with({D1: "5000"}, number="A")
    use(segment())
    nights(D1, D1)
    before = list(SegmentMembership.objects.values()) + list(PrimarySegment.objects.values())

    nights(D2, D2)

    assert list(SegmentMembership.objects.values()) + list(PrimarySegment.objects.values()) == before
    counted = SegmentDay.objects.order_by("business_date").values_list("members", "primary_members", "joined", "gone")
    assert list(counted) == [(1, 1, 1, 0), (1, 1, 0, 0)]


def test_while_the_feed_is_open_people_join_and_nobody_leaves() -> None:
    customer_with({D1: "1000", D2: "0"}, number="A")
    customer_with({D1: "0", D2: "1000"}, number="B")
    use(segment())
    nights(D1, D1)

    nights(D2, D2, closed=False)

    assert periods("rich") == [("A", D1, OPEN), ("B", D2, OPEN)]


def test_whose_balance_is_unknown_stays_where_they_are() -> None:
    someone = customer_with({D1: "1000"}, number="A")
    use(segment(), segment("poor", POOR))
    nights(D1, D1)
    deposit(AccountFactory(holder=someone, currency="USD", opened_on=D2), {D2: "1"})  # no rate is known

    nights(D2, D2)

    assert periods("rich") == [("A", D1, OPEN)] and periods("poor") == []


def test_whom_an_error_of_the_row_leaves_unjudged_stays_too() -> None:
    customer_with({D1: "1000"}, number="A", annual_income="50")
    customer_with({D1: "1000"}, number="B", annual_income=None)
    use(segment("earns", {"field": "annual_income", "op": ">=", "value": "1", "unknown": "error"}))
    nights(D1, D1)
    assert periods("earns") == [("A", D1, OPEN)]

    Customer.objects.update(annual_income=None)
    nights(D2, D2)

    assert periods("earns") == [("A", D1, OPEN)]


def test_who_closes_or_dies_leaves_and_a_prospect_may_be_picked() -> None:
    someone = customer_with({D1: "1000"}, number="A")
    customer_with({D1: "1000"}, number="P", status="prospect")
    use(segment())
    nights(D1, D1)

    Customer.objects.filter(pk=someone.pk).update(status="closed")
    nights(D2, D2)

    assert periods("rich") == [("A", D1, D2), ("P", D1, OPEN)]


def test_a_retired_segment_lets_everybody_go_and_keeps_its_past() -> None:
    customer_with({D1: "1000"}, number="A")
    use(segment(), segment("poor", POOR))
    nights(D1, D1)

    use({"code": "rich", "name": "Rich", "retired": True})
    nights(D2, D2)

    assert periods("rich") == [("A", D1, D2)] and primary() == {}
    assert not Segment.objects.in_use().filter(code="rich").exists()


def test_a_version_holds_from_its_date() -> None:
    customer_with({D1: "1000"}, number="A")
    use(segment(), start=D2)

    nights(D1, D3)

    assert periods("rich") == [("A", D2, OPEN)]


def test_a_segment_is_called_and_retired_as_the_version_that_the_next_night_reads_says() -> None:
    customer_with({D1: "1000"}, number="A")
    use(segment(), segment("poor", POOR))
    nights(D1, D1)

    use({"code": "rich", "name": "Well off", "retired": True}, start=D3)

    def said() -> tuple[str, bool]:
        return Segment.objects.values_list("name", "is_retired").get(code="rich")

    assert said() == ("Rich", False)
    nights(D2, D2)
    assert said() == ("Well off", True)
    assert periods("rich") == [("A", D1, OPEN)]


def test_a_segment_may_speak_of_others() -> None:
    customer_with({D1: "1000"}, number="A", region="North")
    customer_with({D1: "1000"}, number="B", region="South")
    north = {"field": "region", "op": "=", "value": "North"}
    both = {"all": [{"field": "segment", "op": "=", "value": "rich"}, {"not": north}]}
    use(segment("rich_south", both), segment(), segment("poor", {"field": "segment", "op": "!=", "value": "rich"}))

    nights(D1, D1)

    assert periods("rich_south") == [("B", D1, OPEN)] and periods("poor") == []


def test_more_segments_than_a_number_has_bits() -> None:
    customer_with({D1: "50"}, number="A")
    steps = [segment(f"s{n:03}", {"field": "balance", "op": ">=", "value": str(n)}) for n in range(1, 131)]
    use(*steps)

    nights(D1, D1)

    picked = SegmentMembership.objects.order_by("segment__code").values_list("segment__code", flat=True)
    assert list(picked) == [f"s{n:03}" for n in range(1, 51)]


def test_the_memberships_of_an_earlier_release_are_kept_as_the_bits_that_a_night_writes() -> None:
    for number in range(3):
        customer_with({D1: str(500 * number)}, number=str(number))
    use(*[segment(f"s{n}", {"field": "balance", "op": ">=", "value": str(n * 10)}) for n in range(1, 70)])
    nights(D1, D1)
    written = dict(StandingSegments.objects.values_list("customer", "words"))
    assert {len(words) for words in written.values()} == {2}
    StandingSegments.objects.all().delete()

    run_text(import_module("segmentation.migrations.0100_standing_segments").FILL.replace("%", "%%"))

    assert dict(StandingSegments.objects.values_list("customer", "words")) == written


def test_members_of_a_rule_that_cannot_be_read_any_more_stay(monkeypatch) -> None:
    customer_with({D1: "1000", D2: "0"}, number="A")
    use(segment(), segment("of_rich", {"field": "segment", "op": "=", "value": "rich"}))
    nights(D1, D1)
    left = {name: field for name, field in FIELDS.items() if name != "balance"}
    monkeypatch.setattr("segmentation.rules.validation.FIELDS", left)
    definition.STORED.forget()

    run = nights(D2, D2)

    definition.STORED.forget()
    assert periods("rich") == [("A", D1, OPEN)] and periods("of_rich") == [("A", D1, OPEN)]
    assert run.status == Run.Status.COMPLETED_WITH_ERRORS and "2 segments" in run.message
    assert set(RowError.objects.filter(run=run).values_list("code", flat=True)) == {"segment_unreadable"}


def test_the_database_knows_one_membership_and_one_primary_segment_a_day() -> None:
    someone = customer_with({D1: "1000"}, number="A")
    use(segment())
    nights(D1, D1)
    rich = Segment.objects.get()
    rows = {"customer": someone, "segment": rich, "since": D1 - timedelta(days=3), "until": D2}

    with pytest.raises(IntegrityError, match="per day"), transaction.atomic():
        PrimarySegment.objects.create(**rows, scheme="main")
    SegmentMembership.objects.create(**rows | {"until": D1})
    with pytest.raises(IntegrityError), transaction.atomic():
        SegmentMembership.objects.create(**rows | {"until": D1 - timedelta(days=1)})
    with pytest.raises(IntegrityError), transaction.atomic():
        SegmentMembership.objects.create(customer=someone, segment=rich, since=D2)


def test_a_version_never_changes() -> None:
    use(segment())
    with pytest.raises(Exception, match=r"never_changes|Cannot update"), transaction.atomic():
        SegmentVersion.objects.update(number=9)
