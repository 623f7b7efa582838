from io import StringIO
from threading import Event as Moment
from threading import Thread, Timer

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from crm.audit import seals
from crm.audit.models import Event, Seal
from crm.audit.seals import TrailBroken, seal_events, verify
from crm.audit.services import record


@pytest.fixture
def trail(db, monkeypatch):
    """Seven events under three seals of three, three and one."""
    monkeypatch.setattr(seals, "BATCH", 3)
    events = [record("thing.done", "thing", by="test", number=number, 名="贵宾") for number in range(7)]
    assert seal_events(at=timezone.now()) == 7
    return events


@pytest.fixture
def unguarded(trail):
    """As somebody who owns the database could get at it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER; ALTER TABLE audit_seal DISABLE TRIGGER USER")
    return trail


def run(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_an_untouched_trail_is_verified_with_its_totals(trail):
    record("thing.done", "thing", by="test")
    totals = verify()
    assert (totals.events, totals.sealed, totals.seals) == (8, 7, 3)
    assert totals.digest == Seal.objects.latest("through_id").digest


def test_sealing_again_finds_nothing_to_do(trail):
    assert seal_events(at=timezone.now()) == 0
    assert Seal.objects.count() == 3


def test_a_new_seal_hangs_on_the_one_before(trail):
    record("thing.done", "thing", by="test")
    assert seal_events(at=timezone.now()) == 1
    assert verify().sealed == 8


@pytest.mark.parametrize(
    "change", ["actor_label = 'x'", "data = '{}'", "at = at + interval '1 microsecond'", "customer_id = 1"]
)
def test_a_change_is_found_with_its_row(change, unguarded):
    victim = unguarded[4]
    run(f"UPDATE audit_event SET {change} WHERE id = %s", victim.pk)
    with pytest.raises(TrailBroken, match=f"Event {victim.pk} was changed"):
        verify()


@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_deletion_is_found_with_its_row(place, unguarded):
    run("DELETE FROM audit_event WHERE id = %s", unguarded[place].pk)
    with pytest.raises(TrailBroken, match=f"Event {unguarded[place].pk} was deleted"):
        verify()


def test_an_insertion_before_the_seal_is_found_with_its_row(unguarded):
    first = unguarded[0].pk
    run("INSERT INTO audit_event SELECT (e).* FROM (SELECT jsonb_populate_record(a, %s) AS e FROM audit_event a"
        " WHERE id = %s) x", f'{{"id": {first - 1}}}', first)  # fmt: skip
    with pytest.raises(TrailBroken, match=f"Event {first - 1} was inserted"):
        verify()


def test_a_seal_that_was_made_anew_breaks_the_chain(unguarded):
    second = Seal.objects.order_by("through_id")[1]
    run("DELETE FROM audit_seal WHERE id = %s", second.pk)
    with pytest.raises(TrailBroken, match="is not as it was made"):
        verify()


def test_the_command_ends_with_1_and_names_the_row(unguarded):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("7 events, 7 sealed by 3 seals")
    run("DELETE FROM audit_event WHERE id = %s", unguarded[2].pk)
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", stdout=out)
    assert end.value.code == 1
    assert out.getvalue() == f"Event {unguarded[2].pk} was deleted.\n"


def test_the_role_that_serves_may_seal(as_app_role):
    record("thing.done", "thing", by="test")
    assert seal_events(at=timezone.now()) == 1


@pytest.fixture
def slow_act(transactional_db):
    """An event that another connection has written and not committed; `slow_act()` commits."""
    written, may_commit = Moment(), Moment()

    def act():
        with transaction.atomic():
            record("slow.done", "thing", by="test")
            written.set()
            may_commit.wait(5)
        connection.close()

    thread = Thread(target=act)
    thread.start()
    written.wait(5)
    yield may_commit.set
    may_commit.set()
    thread.join()


def test_an_event_that_is_still_being_written_is_waited_for(slow_act):
    later = record("quick.done", "thing", by="test")
    Timer(0.3, slow_act).start()
    assert seal_events(at=timezone.now()) == 2
    assert Event.objects.get(action="slow.done").pk < later.pk
    assert verify().sealed == 2


def test_an_act_that_takes_long_puts_the_seal_off_and_nothing_is_lost(slow_act, monkeypatch):
    monkeypatch.setattr(seals, "PATIENCE", "50ms")
    assert seal_events(at=timezone.now()) == 0
    slow_act()
    monkeypatch.undo()
    assert seal_events(at=timezone.now()) == 1
