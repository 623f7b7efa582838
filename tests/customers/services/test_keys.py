import base64
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from crm.audit.models import Event
from customers.models import Contact
from customers.services.keys import rotate_keys
from tests.factories.customers import ContactFactory

pytestmark = pytest.mark.django_db
OLD, NEW = (f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}" for number in (7, 8))
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
