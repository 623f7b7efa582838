import pytest
from django.db import DatabaseError, connection, transaction

from crm.audit.models import Event
from crm.audit.services import record

pytestmark = pytest.mark.django_db

STATEMENTS = ["UPDATE audit_event SET actor_label = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event",
              "UPDATE audit_seal SET digest = ''", "DELETE FROM audit_seal", "TRUNCATE audit_seal"]  # fmt: skip


def attempt(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_role_that_serves_can_only_append(statement, as_app_role):
    record("thing.done", "thing", by="test")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(statement)


@pytest.mark.parametrize("change", [lambda event: event.save(), lambda event: event.delete()])
def test_not_even_the_owner_changes_an_event_without_taking_the_trigger_away(change):
    event = record("thing.done", "thing", by="test")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        change(event)
    assert Event.objects.get().action == "thing.done"
