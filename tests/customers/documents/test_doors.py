"""The tab, the banner, the list, and the same over REST."""

import base64
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from crm.audit.models import Event, IdempotencyKey
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Document, DocumentImage
from customers.services.keys import rotate_keys
from tests.customers.duplicates.conftest import NOW, now
from tests.factories import CustomerFactory
from tests.factories.documents import MAN, WOMAN, DocumentFactory, DocumentImageFactory, picture

pytestmark = pytest.mark.django_db
WHY = {"reason": "The customer is here"}


def days(count: int):
    return timezone.localdate() + timedelta(days=count)


def test_a_manager_records_a_document_with_its_pictures(own, signed_in, manager, queries) -> None:
    client, address = signed_in(manager), f"/customers/{own.customer.pk}/documents/new/resident_id/"
    typed = {"number": MAN, "issuer": "北京市公安局", "valid_from": "2020-03-01"}

    refused = client.post(address, typed)
    answer = client.post(
        address, typed | {"valid_until": "2040-03-01", "front": SimpleUploadedFile("x.exe", picture())}
    )

    assert refused.status_code == 422 and "Say the last day" in refused.text
    assert answer.headers["Location"] == f"/customers/{own.customer.pk}/?tab=documents"
    with queries("customer:documents"):
        page = client.get(answer.headers["Location"]).text
    assert "Resident identity card" in page and MAN not in page and "110***********8515" in page and "Front" in page


def test_a_document_that_this_kind_of_customer_has_not_is_no_address(own, signed_in, manager) -> None:
    assert signed_in(manager).get(f"/customers/{own.customer.pk}/documents/new/licence/").status_code == 404


def test_a_picture_is_shown_for_a_reason_kept_nowhere_and_can_do_nothing(own, signed_in, manager, head) -> None:
    image = DocumentImageFactory(document__customer=own.customer)
    address, client = f"/documents/images/{image.pk}/", signed_in(manager)

    asked, answer = client.get(address), client.post(address, WHY)

    assert "Why do you need it?" in asked.text
    assert answer.content == picture() and answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "no-store" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"] and "default-src 'none'" in answer.headers["Content-Security-Policy"]  # fmt: skip
    assert Event.objects.get(action="document.image_shown").data["reason"] == WHY["reason"]
    assert client.post(address, {"reason": "x"}).status_code == 422


def test_what_ended_is_a_banner_and_what_ends_soon_a_line(own, signed_in, manager) -> None:
    client, address = signed_in(manager), f"/customers/{own.customer.pk}/"
    soon = DocumentFactory(customer=own.customer, passport=True, valid_until=days(90))
    page = client.get(address).text
    assert "valid until" in page and "has expired" not in page

    DocumentFactory(customer=own.customer, valid_until=days(-1))

    page = client.get(address).text
    assert "Resident identity card has expired" in page and "expired on" in page
    assert soon.is_open


def test_the_list_shows_what_ends_and_is_narrowed_and_exported(own, other, signed_in, manager, queries) -> None:
    ended = DocumentFactory(customer=own.customer, valid_until=days(-1))
    soon = DocumentFactory(customer=own.customer, passport=True, valid_until=days(90))
    late = DocumentFactory(customer=own.customer, type="hk_macau_permit", number="H12345678", valid_until=days(91))
    DocumentFactory(customer=own.customer, replaced=True, valid_until=days(-9))
    DocumentFactory(customer=other.customer, valid_until=days(-1))
    client = signed_in(manager)

    def listed(query: str = "") -> list[int]:
        return [row.pk for row in client.get(f"/documents/{query}").context["table"].data]

    assert listed() == [ended.pk, soon.pk]
    assert listed("?state=expired") == [ended.pk] and listed("?state=soon") == [soon.pk]
    assert listed("?within=91") == [ended.pk, soon.pk, late.pk]
    assert listed("?type=passport") == [soon.pk] and len(listed("?state=closed")) == 1
    with queries("documents"):
        client.get("/documents/")
    told = b"".join(client.get("/documents/?export=csv").streaming_content).decode()
    assert MAN not in told and "110***********8515" in told and "expired" in told


def test_rest_records_renews_reveals_and_closes(own, api, manager) -> None:
    client, said = api(manager), {"type": "resident_id", "number": MAN, "valid_until": str(days(400))}

    made = client.post("/api/v1/documents/", said | {"customer": own.customer.number})
    address = f"/api/v1/documents/{made.json()['id']}/"
    shown = client.post(f"{address}reveal/", WHY, headers={"Idempotency-Key": "a"})
    added = client.post(f"{address}images/", {"side": "back", "file": SimpleUploadedFile("x", picture("JPEG"))}, format="multipart")  # fmt: skip
    seen = client.post(f"{address}images/{added.json()['id']}/show/", WHY)
    renewed = client.post(f"{address}renew/", {"valid_until": None})
    closed = client.post(f"/api/v1/documents/{renewed.json()['id']}/close/", {"closed_as": "lost", "because": "Stolen"})

    assert made.status_code == 201 and made.json()["number"] == "110***********8515"
    assert [each.json()["state_code"] for each in (made, closed)] == ["valid", "lost"]
    assert shown.json() == {"number": MAN}
    assert added.status_code == 201 and seen.content == picture("JPEG")
    assert (renewed.status_code, renewed.json()["replaces"]) == (201, made.json()["id"])
    assert closed.json()["closed_as"] == "lost" and not Document.objects.open().exists()


def test_what_a_look_told_is_not_kept_for_a_repeated_request(own, api, manager) -> None:
    document = DocumentFactory(customer=own.customer)
    for _ in range(2):
        answer = api(manager).post(f"/api/v1/documents/{document.pk}/reveal/", WHY, headers={"Idempotency-Key": "a"})
        assert answer.json() == {"number": MAN}
    assert not IdempotencyKey.objects.exists() and Event.objects.filter(action="document.revealed").count() == 2


def test_documents_go_with_a_merge_but_for_a_second_card(manager, east) -> None:
    stays, goes = (CustomerFactory(name="王芳", manager=manager, branch=east) for _ in range(2))
    DocumentFactory(customer=stays, number=WOMAN)
    card = DocumentFactory(customer=goes, number=WOMAN)
    passport = DocumentFactory(customer=goes, passport=True)
    merge = merge_customers(
        survivor=now(stays)[0], absorbed=now(goes)[0], reason="The same passport", by=manager, at=NOW
    )
    for document, customer in ((card, goes), (passport, stays)):
        document.refresh_from_db()
        assert document.customer == customer
    undo_merge(merge=merge, reason="Two sisters", by=manager, at=NOW)
    passport.refresh_from_db()
    assert passport.customer == goes


def test_the_owners_of_a_company_are_those_of_one_record(manager, east) -> None:
    stays, goes = (CustomerFactory(company=True, manager=manager, branch=east) for _ in range(2))
    mine = DocumentFactory(customer=stays, owner=True)
    theirs = DocumentFactory(customer=goes, owner=True, number="E12345678")
    merge_customers(survivor=now(stays)[0], absorbed=now(goes)[0], reason="The same firm", by=manager, at=NOW)
    assert list(Document.objects.open().filter(customer=stays)) == [mine]
    assert list(Document.objects.open().filter(customer=goes)) == [theirs]


def test_turning_the_keys_reaches_numbers_and_pictures(settings, db) -> None:
    old, new = (f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}" for number in (7, 8))
    settings.CRM_ENCRYPTION_KEYS = old
    image = DocumentImageFactory(document__owner=True)
    settings.CRM_ENCRYPTION_KEYS = f"{new},{old}"

    rotate_keys(by="test")

    settings.CRM_ENCRYPTION_KEYS = new
    assert bytes(DocumentImage.objects.get().content) == picture()
    assert (Document.objects.get().number, Document.objects.get().holder) == (WOMAN, "王芳")
    assert image.size == len(picture())
