"""Preferences are noted with their source and end; the record's own columns stay the one truth; nothing is forged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.contacting.contactable import contactable
from customers.models import Customer, Preference
from customers.preferences.services import end_preference, note_preference
from customers.services import change_customer
from tests.factories import ConsentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
FORBIDDEN = (InternalError, ProgrammingError)


@pytest.fixture
def note(own, manager):
    def noting(kind: str, value: str, **more) -> Preference:
        said = {"source": "said", "learnt_on": date(2026, 3, 1), "by": manager, "at": NOW} | more
        return note_preference(customer=own.customer, kind=kind, value=value, **said)

    return noting


def holding(customer: Customer, kind: str) -> list[str]:
    rows = Preference.objects.holding().filter(customer=customer, kind=kind)
    return sorted(rows.values_list("value", flat=True))


def test_what_is_said_anew_takes_the_place_of_what_was_said_and_both_stay(note, own, manager) -> None:
    note("form_of_address", "王老师", source="observed")
    later = NOW + timedelta(days=3)
    note("form_of_address", " 王  女士 ", at=later)

    assert holding(own.customer, "form_of_address") == ["王 女士"]
    first = Preference.objects.get(value="王老师")
    assert (first.source, first.by, first.ended_at, first.ended_by) == ("observed", manager, later, manager)


def test_several_festivals_hold_at_once_but_none_beside_the_wish_for_no_greetings(note, own) -> None:
    note("festival", "spring_festival")
    note("festival", "christmas")
    assert holding(own.customer, "festival") == ["christmas", "spring_festival"]
    note("festival", "none")
    assert holding(own.customer, "festival") == ["none"]
    note("festival", "mid_autumn")
    assert holding(own.customer, "festival") == ["mid_autumn"]


def test_language_channel_and_time_are_written_where_rules_and_contactable_read_them(note, own) -> None:
    note("time", "evening")
    note("channel", "sms")
    note("language", "en")

    customer = Customer.objects.get(pk=own.customer.pk)
    assert (customer.preferred_time, customer.preferred_channel, customer.language) == ("evening", "sms", "en")
    ConsentFactory(customer=customer, channel="phone")
    assert contactable(customer, "marketing", "phone", NOW).obstacle == "preferred_time"
    assert contactable(customer, "marketing", "phone", NOW + timedelta(hours=9))


def test_a_row_counts_only_while_the_record_says_the_same(note, own, manager) -> None:
    note("time", "evening")
    change_customer(customer=own.customer, by=manager, preferred_time="morning")
    assert holding(own.customer, "time") == []
    note("time", "weekend")
    assert holding(own.customer, "time") == ["weekend"]
    assert Preference.objects.open().filter(kind="time").count() == 1


def test_what_ends_is_no_longer_in_the_record(note, own, manager) -> None:
    noted = note("channel", "phone")
    end_preference(preference=noted, by=manager, at=NOW)
    assert Customer.objects.get(pk=own.customer.pk).preferred_channel == ""
    with pytest.raises(RuleBroken, match="ended already"):
        end_preference(preference=noted, by=manager, at=NOW)


def test_ending_what_the_record_overtook_leaves_the_record_alone(note, own, manager) -> None:
    noted = note("channel", "phone")
    change_customer(customer=own.customer, by=manager, preferred_channel="email")
    end_preference(preference=noted, by=manager, at=NOW)
    assert Customer.objects.get(pk=own.customer.pk).preferred_channel == "email"


@pytest.mark.parametrize(
    ("kind", "value", "more", "field"),
    [
        ("horoscope", "leo", {}, "kind"),
        ("festival", "groundhog_day", {}, "value"),
        ("form_of_address", "  ", {}, "value"),
        ("form_of_address", "x" * 41, {}, "value"),
        ("diet", "halal", {"source": "guessed"}, "source"),
        ("diet", "halal", {"learnt_on": date(2026, 3, 3)}, "learnt_on"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(note, kind, value, more, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        note(kind, value, **more)
    assert refused.value.field == field
    assert not Preference.objects.exists()


def test_the_same_from_the_same_source_and_day_is_noted_once(note) -> None:
    note("diet", "halal")
    with pytest.raises(RuleBroken, match="known already"):
        note("diet", "halal")
    note("diet", "halal", learnt_on=date(2026, 3, 2))
    assert Preference.objects.open().count() == 1


def test_a_teller_notes_how_to_speak_with_a_customer_and_no_more(note, teller) -> None:
    note("form_of_address", "王女士", by=teller)
    with pytest.raises(RuleBroken, match="Only who looks after the customer"):
        note("diet", "halal", by=teller)


def test_the_trail_keeps_that_a_preference_was_noted_and_not_what_it_says(note, manager) -> None:
    end_preference(preference=note("diet", "halal"), by=manager, at=NOW)
    noted, ended = Event.objects.order_by("pk")
    assert (noted.action, ended.action) == ("preference.noted", "preference.ended")
    assert noted.data == {"preference": "diet", "source": "said"}
    assert "halal" not in f"{noted.object_label} {ended.data} {ended.object_label}".lower()


def test_a_row_is_neither_changed_nor_deleted(note) -> None:
    note("diet", "halal")
    for forbidden in (
        lambda: Preference.objects.update(value="kosher"),
        lambda: Preference.objects.all().delete(),
    ):
        with pytest.raises(FORBIDDEN), transaction.atomic():
            forbidden()
