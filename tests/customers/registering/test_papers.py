"""Documents that a new customer brings along: on file with the record, or nothing is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from customers.models import Customer, Document, RegistrationDraft
from customers.services.keys import rotate_keys
from tests.factories.documents import CREDIT_CODE, MAN, WOMAN, picture

pytestmark = pytest.mark.django_db
LATER = str(timezone.localdate() + timedelta(days=900))


@pytest.fixture
def person(east):
    return {"kind": "person", "name": "王芳", "document_type": "resident_id", "national_id": WOMAN, "branch": east.pk}


@pytest.fixture
def company(east):
    return {
        "kind": "company", "name": "云帆科技", "national_id": CREDIT_CODE, "valid_until": LATER, "branch": east.pk,
        "representative": "张伟", "representative_type": "resident_id", "representative_number": MAN,
    }  # fmt: skip


def test_a_card_goes_on_file_with_its_picture_and_completes_the_record(person, desk) -> None:
    typed = person | {"is_endless": "on", "front": SimpleUploadedFile("card.png", picture())}
    assert desk.post("/customers/new/", typed).status_code == 302
    customer, document = Customer.objects.get(name="王芳"), Document.objects.get()
    assert (customer.sex, str(customer.birth_date)) == ("female", "1990-03-07")
    assert (document.customer, document.number, document.images.count()) == (customer, WOMAN, 1)


def test_a_number_alone_is_kept_among_the_contact_data(person, desk) -> None:
    desk.post("/customers/new/", person)
    assert Customer.objects.get(name="王芳").contact.national_id == WOMAN and not Document.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"national_id": WOMAN[:-1] + "4", "is_endless": "on"}, "national_id"),
        ({"national_id": "", "is_endless": "on"}, "national_id"),
        ({"valid_until": "2026-01-01"}, "valid_until"),
        ({"sex": "male", "is_endless": "on"}, "national_id"),
        ({"valid_until": LATER, "is_endless": "on"}, "is_endless"),
        ({"is_endless": "on", "document_type": "passport"}, "national_id"),
        ({"is_endless": "on", "front": SimpleUploadedFile("x.png", b"GIF89a")}, "front"),
        ({"back": SimpleUploadedFile("card.png", picture())}, "valid_until"),
        ({"issuer": "北京市公安局"}, "valid_until"),
    ],
)
def test_a_document_that_is_refused_stands_beside_its_field_and_nobody_is_registered(person, change, field, desk) -> None:  # fmt: skip
    answer = desk.post("/customers/new/", person | change)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not Customer.objects.filter(name="王芳").exists() and not Document.objects.exists()


def test_a_company_brings_its_code_licence_and_representative(company, desk) -> None:
    wrong = desk.post("/customers/new/", company | {"representative_number": MAN[:-1] + "6"})
    assert list(wrong.context["form"].errors) == ["representative_number"]
    desk.post("/customers/new/", company)
    found = Customer.objects.get(name="云帆科技").documents
    assert sorted(found.values_list("type", flat=True)) == ["credit_code", "legal_representative", "licence"]
    assert found.get(type="legal_representative").holder == "张伟"


def test_of_a_company_the_issuer_goes_with_the_code_and_a_picture_needs_the_licence(company, desk) -> None:
    typed = company | {"valid_until": "", "issuer": "市场监督管理局"}
    answer = desk.post("/customers/new/", typed | {"front": SimpleUploadedFile("licence.png", picture())})
    assert list(answer.context["form"].errors) == ["valid_until"]
    assert list(desk.post("/customers/new/", typed | {"national_id": ""}).context["form"].errors) == ["national_id"]
    desk.post("/customers/new/", typed)
    assert Document.objects.get(type="credit_code").issuer == "市场监督管理局"


def test_an_institution_brings_its_financial_licence(east, desk) -> None:
    typed = {"kind": "institution", "name": "远航银行", "financial_licence": "B0001H111000001", "branch": east.pk}
    desk.post("/customers/new/", typed)
    assert Document.objects.get().type == "financial_licence"


def test_a_draft_keeps_what_was_typed_of_a_document_and_no_file_and_its_key_is_turned(person, desk, settings) -> None:
    desk.post("/customers/new/draft/", person | {"front": SimpleUploadedFile("card.png", picture())})
    kept = RegistrationDraft.objects.get().typed
    assert WOMAN in kept and "front" not in kept
    settings.CRM_ENCRYPTION_KEYS = "9:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    with pytest.raises(KeyError):
        rotate_keys(by="test")
