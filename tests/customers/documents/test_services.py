"""Documents recorded, renewed and closed; what contradicts what; and what nobody can read or change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.documents.revealing import reveal_number, show_image
from customers.documents.services import add_images, close_document, record_document, renew_document
from customers.models import Contact, Customer, Document
from customers.services import change_contact, change_customer
from tests.factories import CustomerFactory
from tests.factories.documents import CREDIT_CODE, MAN, WOMAN, DocumentFactory, picture

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
LAST = date(2036, 4, 1)
FOOT = "E123456782CHN9003071F3412318<<<<<<<<<<<<<<<2"


@pytest.fixture
def record(manager, east):
    customer = CustomerFactory(name="王芳", manager=manager, branch=east)

    def act(customer=customer, **said):
        asked = {"type": "resident_id", "number": WOMAN, "valid_until": LAST, "by": manager, "at": AT}
        return record_document(customer=customer, **(asked | said))

    act.customer = customer
    return act


@pytest.fixture
def company(manager, east):
    return CustomerFactory(name="云帆科技", company=True, manager=manager, branch=east)


def test_a_document_fills_what_the_record_did_not_know_and_is_found_by_its_number(record) -> None:
    document = record(images=[("front", picture()), ("back", picture("JPEG"))])
    customer = Customer.objects.get(pk=record.customer.pk)
    assert (customer.birth_date, customer.sex) == (date(1990, 3, 7), "female")
    assert customer.contact.national_id == WOMAN
    assert list(Customer.objects.exactly(WOMAN)) == [customer]
    assert [image.content_type for image in document.images.all()] == ["image/png", "image/jpeg"]
    assert Event.objects.get(action="document.recorded").customer_id == customer.pk


def test_nothing_that_is_kept_of_it_is_plain(record) -> None:
    content = picture()
    document = record(images=[("front", content)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, holder FROM customers_document")
        number, _holder = cursor.fetchone()
        cursor.execute("SELECT content FROM customers_documentimage")
        (kept,) = cursor.fetchone()
    assert WOMAN.encode() not in bytes(number) and content not in bytes(kept)
    assert bytes(document.images.get().content) == content
    assert not [event for event in Event.objects.all() if WOMAN in str(event.data) + event.object_label]


def test_a_walk_in_is_found_by_a_passport_that_only_a_document_holds(record) -> None:
    record()
    record(type="passport", number="E12345678")
    assert list(Customer.objects.exactly("e12345678")) == [record.customer]
    assert list(Customer.objects.search("E12345678")) == [record.customer]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"birth_date": date(1990, 3, 8)}, "born on 7 Mar 1990"),
        ({"sex": "male"}, "says Female, the record Male"),
    ],
)
def test_a_card_of_somebody_else_is_refused(record, known, words) -> None:
    Customer.objects.filter(pk=record.customer.pk).update(**known)
    with pytest.raises(RuleBroken, match=words) as refused:
        record()
    assert refused.value.field == "number" and not Document.objects.exists()


def test_card_and_contact_data_never_hold_two_numbers(record, manager) -> None:
    change_contact(customer=record.customer, by=manager, national_id="110101199003078540")
    with pytest.raises(RuleBroken, match="hold another id number"):
        record()
    change_contact(customer=record.customer, by=manager, national_id="")
    record()
    with pytest.raises(RuleBroken, match="document on file has another number"):
        change_contact(customer=record.customer, by=manager, national_id="110101199003078540")
    change_contact(customer=record.customer, by=manager, national_id=WOMAN.lower())


def test_card_and_register_are_of_one_person(record) -> None:
    record()
    with pytest.raises(RuleBroken, match="Another number stands on file: Resident identity card"):
        record(type="household_register", number="11010119900307854" + "X", valid_until=None)


def test_the_record_can_t_be_changed_against_the_card(record, manager) -> None:
    record()
    for change in ({"birth_date": date(1990, 3, 8)}, {"sex": "male"}):
        with pytest.raises(RuleBroken, match="says otherwise: Resident identity card"):
            change_customer(customer=record.customer, by=manager, **change)
    change_customer(customer=record.customer, by=manager, occupation="Teacher")


def test_a_second_card_is_refused_and_a_renewed_one_replaces_it(record, manager) -> None:
    first = record(issuer="北京市公安局")
    with pytest.raises(RuleBroken, match="renew it"):
        record()
    second = renew_document(document=first, valid_until=LAST + timedelta(days=9), by=manager, at=AT)
    first.refresh_from_db()
    assert (first.closed_as, first.closed_by, second.replaces) == ("replaced", manager, first)
    assert (second.number, second.issuer, second.is_open) == (WOMAN, "北京市公安局", True)
    with pytest.raises(RuleBroken, match="closed already"):
        renew_document(document=first, valid_until=LAST, by=manager, at=AT)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"valid_until": date(2026, 3, 31)}, "valid_until"),
        ({"valid_from": date(2026, 4, 2)}, "valid_from"),
        ({"valid_from": date(2026, 3, 1), "valid_until": date(2026, 2, 1)}, "valid_until"),
        ({"type": "licence"}, "type"),
        ({"holder": "李娜"}, "holder"),
        ({"mrz": FOOT}, "mrz"),
        ({"number": "110101199003078524"}, "number"),
        ({"issuer": "x" * 121}, "issuer"),
        ({"images": [("top", picture())]}, "side"),
        ({"images": [("front", b"GIF89a")]}, "images"),
        ({"images": [("front", picture())] * 7}, "images"),
    ],
)
def test_what_can_t_be_a_document_is_refused_beside_its_field_and_leaves_nothing(record, said, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        record(**said)
    assert refused.value.field == field
    record.customer.refresh_from_db()
    assert not Document.objects.exists() and record.customer.birth_date is None
    assert not Contact.objects.exists()


def test_a_document_ends_with_its_last_day(record) -> None:
    document = record(valid_until=date(2026, 4, 1))
    assert not document.is_expired(date(2026, 4, 1)) and document.is_expired(date(2026, 4, 2))
    assert document.ends_soon(date(2026, 4, 1)) and not document.ends_soon(date(2026, 4, 2))
    assert document.ends_soon(date(2026, 1, 1)) and not document.ends_soon(date(2025, 12, 31))


def test_the_foot_of_a_passport_agrees_with_what_was_typed(record) -> None:
    asked = {"type": "passport", "number": "E12345678", "valid_until": date(2034, 12, 31), "mrz": FOOT}
    for wrong, field in (({"number": "E12345679"}, "number"), ({"valid_until": LAST}, "valid_until")):
        with pytest.raises(RuleBroken) as refused:
            record(**asked | wrong)
        assert refused.value.field == field
    record(**asked)
    record.customer.refresh_from_db()
    assert (record.customer.birth_date, record.customer.sex) == (date(1990, 3, 7), "female")


def test_a_licence_carries_the_credit_code(record, company) -> None:
    record(company, type="credit_code", number=CREDIT_CODE, valid_until=None)
    with pytest.raises(RuleBroken, match="Another number stands on file"):
        record(company, type="licence", number="91440300708461136T")
    record(company, type="licence", number=CREDIT_CODE)
    company.refresh_from_db()
    assert company.contact.national_id == CREDIT_CODE


def test_the_owners_of_a_company_hold_at_most_the_whole(record, company) -> None:
    asked = {"type": "beneficial_owner", "identified_by": "resident_id", "valid_until": None}
    record(company, **asked, number=MAN, holder="张伟", share=Decimal("0.6"))
    with pytest.raises(RuleBroken, match="more than the whole"):
        record(company, **asked, number=WOMAN, holder="王芳", share=Decimal("0.4001"))
    with pytest.raises(RuleBroken, match="on file already"):
        record(company, **asked, number=MAN, holder="张伟")
    with pytest.raises(RuleBroken, match="last character"):
        record(company, **asked, number="110101199003078516", holder="张伟")
    record(company, **asked, number=WOMAN, holder="王芳", share=Decimal("0.4"))
    assert list(Customer.objects.exactly(MAN)) == []


def test_a_closed_document_makes_room_and_no_longer_finds_its_customer(record, manager) -> None:
    document = record(type="passport", number="E12345678")
    close_document(document=document, closed_as="lost", because="Stolen", by=manager, at=AT)
    change_contact(customer=record.customer, by=manager, national_id="")
    assert list(Customer.objects.exactly("E12345678")) == []
    record(type="passport", number="E12345678")
    for closed_as, because in (("replaced", "x"), ("lost", " ")):
        with pytest.raises(RuleBroken):
            close_document(
                document=Document.objects.open().get(), closed_as=closed_as, because=because, by=manager, at=AT
            )


def test_what_was_recorded_never_changes_not_even_by_sql(record) -> None:
    document = record(images=[("front", picture())])
    for statement in (
        "UPDATE customers_document SET valid_until = '2099-01-01'",
        "UPDATE customers_document SET number_hash = 'x'",
        "DELETE FROM customers_document",
        "UPDATE customers_documentimage SET side = 'back'",
    ):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Document.objects.get() == document


def test_a_number_is_shown_for_a_reason_that_is_kept(record, manager, agent) -> None:
    document = record(images=[("front", picture())])
    image = document.images.get()
    with pytest.raises(RuleBroken, match="few words"):
        reveal_number(document=document, by=manager, reason="why")
    with pytest.raises(RuleBroken, match="Verify the caller"):
        show_image(image=image, by=agent, reason="The customer is here")
    assert reveal_number(document=document, by=manager, reason="The customer is here") == WOMAN
    assert show_image(image=image, by=manager, reason="The customer is here") == picture()
    looks = Event.objects.filter(kind="read").order_by("pk").values_list("action", "customer_id", "data__reason")
    assert list(looks) == [(action, record.customer.pk, "The customer is here") for action in ("document.revealed", "document.image_shown")]  # fmt: skip


def test_pictures_are_added_to_a_document_that_stands(record, manager) -> None:
    document = record()
    with pytest.raises(RuleBroken, match="Choose a picture"):
        add_images(document=document, images=[], by=manager, at=AT)
    add_images(document=document, images=[("back", picture())], by=manager, at=AT)
    assert document.images.get().side == "back"


def test_the_factory_makes_what_the_service_would(db) -> None:
    assert DocumentFactory().is_open
