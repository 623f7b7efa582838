import base64
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from crm.audit.models import Event
from customers.life_events.services import correct_life_event, strike_life_event
from customers.models import Contact, RegistrationDraft
from customers.services.keys import rotate_keys, sealed
from service.outbox.services import put
from tests.factories import CallerFactory, ContactPersonFactory, ProposalFactory, UserFactory
from tests.factories.customers import ContactFactory
from tests.factories.documents import DocumentFactory, DocumentImageFactory
from tests.factories.living import LifeEventFactory
from tests.factories.merges import MergeFactory
from tests.factories.privacy import ErasureFactory, SubjectExportFactory
from tests.factories.service import TicketAttachmentFactory
from tests.factories.service_requests import ServiceRequestFactory

pytestmark = pytest.mark.django_db
OLD, NEW = (f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}" for number in (7, 8))
NOW = datetime.now(UTC)
VALUES = ("national_id", "phone", "email", "address")


def keys_in_use():
    with connection.cursor() as cursor:
        cursor.execute("SELECT get_byte(v, 0), count(*) FROM customers_contact,"
                       " unnest(ARRAY[national_id, phone, email, address]) v WHERE v <> '' GROUP BY 1")  # fmt: skip
        return dict(cursor.fetchall())


@pytest.fixture
def ring(settings):
    """Five customers under key 7, one of them without e-mail and address; then the ring turns to 8."""
    settings.CRM_ENCRYPTION_KEYS = OLD
    for number in range(4):
        ContactFactory(phone=f"+861381234567{number}")
    ContactFactory(email="", address="")
    assert keys_in_use() == {7: 18}
    settings.CRM_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    return settings


def told():
    return list(Contact.objects.order_by("pk").values_list(*VALUES))


def test_old_values_are_read_and_new_ones_go_under_the_first_key(ring):
    before = told()
    assert before[0][1] == "+8613812345670"
    ContactFactory()
    assert keys_in_use() == {7: 18, 8: 4}


def test_rotation_moves_every_value_and_changes_none(ring):
    before = told()
    assert rotate_keys(by="test", batch=2) == 5
    assert keys_in_use() == {8: 18}
    ring.CRM_ENCRYPTION_KEYS = NEW
    assert told() == before


def test_rotating_again_finds_nothing_to_do(ring):
    rotate_keys(by="test")
    assert rotate_keys(by="test") == 0


def test_contact_data_are_still_found_by_their_hash(ring):
    hashes = list(Contact.objects.order_by("pk").values_list("phone_hash", flat=True))
    rotate_keys(by="test")
    assert [bytes(found) for found in Contact.objects.order_by("pk").values_list("phone_hash", flat=True)] == [
        bytes(wanted) for wanted in hashes
    ]


def test_the_command_says_how_many_and_leaves_a_trace_without_contact_data(ring):
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert out.getvalue() == "5 customers' contact data were encrypted anew.\n"
    assert Event.objects.get(action="keys.rotated").data == {"customers": 5, "key": 8}


def test_a_key_that_left_too_early_is_named(ring):
    ring.CRM_ENCRYPTION_KEYS = NEW
    with pytest.raises(CommandError, match="under key 7"):
        call_command("rotate_keys")
    assert keys_in_use() == {7: 18}


def test_the_notes_of_lives_are_turned_and_their_history_grows_by_nothing(ring, as_app_role):
    ring.CRM_ENCRYPTION_KEYS = OLD
    event = LifeEventFactory(note="does not want to be asked")
    event = correct_life_event(event=event, by="test", at=NOW, note="may be asked")
    strike_life_event(event=event, by=UserFactory(), at=NOW)
    ring.CRM_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    rotate_keys(by="test")
    ring.CRM_ENCRYPTION_KEYS = NEW
    event.refresh_from_db()
    assert (event.note, event.events.get().note) == ("may be asked", "does not want to be asked")
    assert Event.objects.get(action="keys.rotated").data["others"] == {
        "customers.lifeevent": 1,
        "customers.lifeeventevent": 1,
    }


def test_the_history_of_a_life_is_nothing_but_sealed_anew():
    event = LifeEventFactory()
    correct_life_event(event=event, by="test", at=NOW, about="son")
    for change in ({"about": "nobody"}, {"version": 7}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            event.events.update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        event.events.all().delete()


def one_row_of_each(text):
    """In every table that has something encrypted."""
    ContactFactory(phone="+8613912345670")
    ContactPersonFactory()
    MergeFactory(before=text)
    SubjectExportFactory(content=text)
    DocumentImageFactory(document=DocumentFactory())
    TicketAttachmentFactory()
    CallerFactory(email="li@example.com")
    put(ServiceRequestFactory(authorised=True), at=NOW)
    RegistrationDraft.objects.create(by=UserFactory(), kind="person", typed=text, begun_at=NOW, changed_at=NOW)
    ErasureFactory(state="held", sealed=text, held_until=NOW, closed_at=NOW, proposal=ProposalFactory())
    correct_life_event(event=LifeEventFactory(note=text), by="test", at=NOW, note=f"{text}, corrected")


def test_the_role_that_serves_turns_every_encrypted_column_of_every_model(settings, as_app_role):
    """Of all apps, histories too: one that it may not turn keeps the old key in the ring for ever."""
    settings.CRM_ENCRYPTION_KEYS = OLD
    one_row_of_each("said")
    assert {model for model, _columns in sealed() if not model.objects.exists()} == set()
    settings.CRM_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    rotate_keys(by="test")
    settings.CRM_ENCRYPTION_KEYS = NEW
    for model, columns in sealed():
        for values in model.objects.values_list(*columns):
            assert any(values), model
