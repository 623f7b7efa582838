"""Life events: known to the day, the month or the year; corrected with their history; near ones matter now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.life_events.days import parse, written
from customers.life_events.services import correct_life_event, note_life_event, strike_life_event
from customers.models import LifeEvent
from tests.factories import LifeEventFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
URL = "/api/v1/life-events/"


@pytest.fixture
def note(own, manager):
    def noting(kind: str = "school", on: str = "2025-09", **more) -> LifeEvent:
        said = {"source": "said", "by": manager, "at": NOW} | more
        return note_life_event(customer=own.customer, kind=kind, on=on, **said)

    return noting


@given(st.dates(date(1900, 1, 1), date(2040, 12, 31)), st.sampled_from([10, 7, 4]))
def test_a_day_a_month_and_a_year_are_read_as_they_are_written(day, length) -> None:
    text = day.isoformat()[:length]
    known = parse(text, today=TODAY)
    assert known.on <= day <= known.through
    assert written(known.on, known.precision) == text
    days = (known.through - known.on).days + 1
    assert {10: days == 1, 7: 28 <= days <= 31, 4: 365 <= days <= 366}[length]


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-13", "2025-02-30", "2025-00", "2025-09-00", "25-09", "1899", "2050", "2025-09-01T10"]
)
def test_what_is_no_day_is_refused(text) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse(text, today=TODAY)
    assert refused.value.field == "on"


def test_what_matters_now_is_within_ninety_days(note) -> None:
    noted = {
        "ahead": note(on=(TODAY + timedelta(days=90)).isoformat()),
        "too far": note(on=(TODAY + timedelta(days=91)).isoformat()),
        "just now": note(kind="move", on=(TODAY - timedelta(days=90)).isoformat()),
        "long ago": note(kind="move", on=(TODAY - timedelta(days=91)).isoformat()),
        "this year": note(kind="retirement", on="2026"),
        "struck": note(kind="child", on="2026-03-01"),
    }
    strike_life_event(event=noted["struck"], by=noted["struck"].by, at=NOW)
    near = set(LifeEvent.objects.near(TODAY))
    assert {name for name, event in noted.items() if event in near} == {"ahead", "just now", "this year"}


def test_a_correction_keeps_what_stood_before_and_says_who_made_it(note, head) -> None:
    event = note(about="daughter", note="Wants the school by the lake")
    correct_life_event(event=event, by=head, at=NOW, version=1, on="2026-09", note="The other school")

    before = event.events.get()
    assert (before.on, before.note) == (date(2025, 9, 1), "Wants the school by the lake")
    assert Event.objects.get(action="life_event.corrected").data["fields"] == ["note", "on"]
    with pytest.raises(RuleBroken, match="Somebody changed this"):
        correct_life_event(event=event, by=head, at=NOW, version=1, about="son")


def test_a_correction_never_makes_of_it_what_is_known_already(note, manager) -> None:
    note(on="2025-09")
    other = note(on="2025-10")
    with pytest.raises(RuleBroken, match="known already"):
        correct_life_event(event=other, by=manager, at=NOW, on="2025-09")
    LifeEvent.objects.filter(pk=other.pk).update(on=date(2025, 9, 1))  # as a merge of two records leaves it
    assert correct_life_event(event=other, by=manager, at=NOW, note="By the lake").note == "By the lake"


def test_the_note_is_sealed_in_the_table_and_in_its_history_and_in_no_trail(note, manager) -> None:
    event = note(note="小明考上了一中")
    correct_life_event(event=event, by=manager, at=NOW, note="")
    with connection.cursor() as cursor:
        for table in ("customers_lifeevent", "customers_lifeeventevent"):
            cursor.execute(f"SELECT note FROM {table}")
            assert all("一中".encode() not in bytes(note) for (note,) in cursor.fetchall())
    assert not any("一中" in f"{event.data}{event.object_label}" for event in Event.objects.all())


def test_what_is_struck_out_stays_and_changes_no_more(note, manager) -> None:
    event = strike_life_event(event=note(), by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="struck out already"):
        correct_life_event(event=event, by=manager, at=NOW, about="son")
    for forbidden in (lambda: LifeEvent.objects.update(about="son"), lambda: LifeEvent.objects.all().delete()):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            forbidden()


def test_the_same_is_noted_once(note) -> None:
    note(about="son")
    note(about="daughter")
    with pytest.raises(RuleBroken, match="known already"):
        note(about="son")


def test_a_manager_notes_one_on_the_page_and_it_stands_where_it_matters(own, signed_in, manager) -> None:
    client, pk = signed_in(manager), own.customer.pk
    today = date.today().isoformat()
    typed = {"kind": "child", "on": today, "about": "daughter 小美", "source": "said", "note": "Eight pounds"}

    assert client.post(f"/customers/{pk}/life-events/", typed).status_code == 302

    tab = client.get(f"/customers/{pk}/?tab=preferences").content.decode()
    overview = client.get(f"/customers/{pk}/").content.decode()
    timeline = client.get(f"/customers/{pk}/timeline/?kind=life_event").content.decode()
    assert "Eight pounds" in tab and all("daughter 小美" in page for page in (tab, overview, timeline))
    assert "Eight pounds" not in overview + timeline


def test_a_stale_correction_on_the_page_keeps_what_was_typed(own, signed_in, manager, note) -> None:
    event = note()
    correct_life_event(event=event, by=manager, at=NOW, about="son")
    typed = {"kind": "school", "on": "2025-09", "about": "niece", "source": "said", "version": "1"}
    answer = signed_in(manager).post(f"/life-events/{event.pk}/correct/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody changed this" in page and 'value="niece"' in page and 'value="2"' in page


def test_who_does_not_look_after_the_customer_learns_nothing_of_their_life(own, signed_in, teller) -> None:
    LifeEventFactory(customer=own.customer, on=date.today(), about="daughter 小美")
    client = signed_in(teller)
    for part in ("", "?tab=preferences", "timeline/"):
        assert "小美" not in client.get(f"/customers/{own.customer.pk}/{part}").content.decode()


def test_rest_notes_corrects_and_strikes_by_the_version_that_was_read(own, api, manager) -> None:
    client = api(manager)
    made = client.post(
        URL, {"customer": own.customer.number, "kind": "school", "on": "2025-09", "source": "said"}, format="json"
    )
    one = f"{URL}{made.json()['id']}/"
    changed = client.patch(one, {"on": "2025-09-01"}, format="json", headers={"If-Match": made.headers["ETag"]})
    stale = client.patch(one, {"on": "2024"}, format="json", headers={"If-Match": made.headers["ETag"]})
    gone = client.delete(one, headers={"If-Match": changed.headers["ETag"]})

    assert (made.status_code, made.json()["on"], made.json()["precision"]) == (201, "2025-09", "month")
    assert (changed.status_code, changed.json()["on"], changed.json()["version"]) == (200, "2025-09-01", 2)
    assert (stale.status_code, gone.status_code, client.get(one).status_code) == (412, 204, 404)
