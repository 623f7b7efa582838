"""Two customers with the same number of an identity document on file may be one."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from customers.duplicates.finding import find_duplicates, likely
from customers.duplicates.services import dismiss_duplicate
from customers.models import Customer, Document, Duplicate
from tests.customers.duplicates.test_finding import person
from tests.factories import CustomerFactory
from tests.factories.documents import CREDIT_CODE, MAN, DocumentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
BORN = date(1990, 3, 7)
NUMBER = "E12345678"


def paper(customer: Customer, type_: str = "passport", number: str = NUMBER, **more) -> Document:
    return DocumentFactory(customer=customer, type=type_, number=number, **more)


def found() -> list[tuple[int, list[str]]]:
    find_duplicates(at=NOW)
    return [(pair.score, pair.signs) for pair in Duplicate.objects.open()]


@pytest.mark.parametrize(
    ("types", "number", "sign", "words"),
    [
        (("passport", "passport"), NUMBER, "passport", "same passport number"),
        (("hk_macau_permit", "hk_macau_permit"), "H12345678", "permit", "same permit number"),
        (("resident_id", "household_register"), MAN, "id_card", "same identity card number"),
        (("credit_code", "licence"), CREDIT_CODE, "licence", "same licence number"),
    ],
)
def test_the_same_number_of_a_document_makes_a_pair_whatever_the_names(types, number, sign, words) -> None:
    kind = "company" if sign == "licence" else "person"
    for name, type_ in zip(("张伟", "李娜"), types, strict=True):
        paper(person(name, kind=kind), type_, number)
    assert found() == [(50, [sign, "other_name"])]
    assert Duplicate.objects.get().said == [words, "another name"]
    assert number not in str(Duplicate.objects.values())


def test_a_number_counts_once_however_often_it_stands_there() -> None:
    for _ in range(2):
        customer = person("张伟", national_id=MAN)
        paper(customer, "resident_id", MAN)
        paper(customer, "household_register", MAN)
        paper(customer)
    assert found() == [(100, ["id_card", "name"])]
    customer = person("李娜", BORN, sex="male", national_id="E7654321")
    paper(customer, number="E7654321")
    other = person("王芳", date(1961, 1, 1), sex="female", national_id="E7654321")
    paper(other, number="E7654321")
    assert len(found()) == 1  # 70 against another name, birth date and sex


def test_a_number_among_the_contact_data_is_found_on_file_too() -> None:
    person("张伟", BORN, national_id=NUMBER)
    paper(person("张伟", BORN, national_id=MAN))
    assert found() == [(100, ["document", "name", "birth_date"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type_": "foreign_passport", "number": "12345678"}, {"type_": "taiwan_permit", "number": "12345678"}),
        ({}, {"number": "E87654321"}),
        ({}, {"replaced": True}),
        ({"type_": "legal_representative", "number": MAN, "holder": "王芳", "identified_by": "resident_id"},
         {"type_": "legal_representative", "number": MAN, "holder": "王芳", "identified_by": "resident_id"}),
        ({"type_": "legal_representative", "number": MAN, "holder": "王芳", "identified_by": "resident_id"},
         {"type_": "resident_id", "number": MAN}),
    ],
)  # fmt: skip
def test_other_types_closed_ones_and_those_of_a_company_s_people_tell_nothing(one, other) -> None:
    paper(person("张伟"), **one)
    paper(person("李娜"), **other)
    assert found() == []


def test_a_number_of_the_contact_data_is_of_the_type_that_its_document_says() -> None:
    paper(person("张伟", national_id="12345678"), "foreign_passport", "12345678")
    paper(person("李娜", national_id=MAN), "taiwan_permit", "12345678")
    assert found() == []


def test_a_dismissed_pair_opens_again_once_the_two_share_a_document(manager) -> None:
    first, second = person("张伟", BORN), person("张伟", BORN)
    find_duplicates(at=NOW)
    dismiss_duplicate(duplicate=Duplicate.objects.get(), reason="Namesakes", by=manager, at=NOW)
    assert found() == []
    for customer in (first, second):
        paper(customer)
    assert found() == [(100, ["passport", "name", "birth_date"])]
    again = Duplicate.objects.get()
    assert (again.closed_at, again.closed_by, again.remark) == (None, None, "Namesakes")
    dismiss_duplicate(duplicate=again, reason="A forged passport", by=manager, at=NOW)
    assert found() == [] and Duplicate.objects.get().remark == "Namesakes; A forged passport"


def test_a_number_that_many_have_tells_nothing() -> None:
    for _ in range(21):
        paper(person(""), "foreign_passport", "A1234567")
    assert found() == []


def typed(user, document_type: str = "passport", kind: str = "person", number: str = NUMBER):
    said = {"name": "", "kind": kind, "birth_date": None, "sex": "", "document_type": document_type}
    return likely(user=user, contact={"national_id": number}, at=timezone.now(), **said)


def test_while_one_types_a_number_on_file_is_found_in_reach_and_counted_beyond(teller, other) -> None:
    mine = CustomerFactory(branch=teller.branch)
    paper(mine)
    paper(CustomerFactory(branch=other.customer.branch))
    shown = typed(teller, number=" e1234 5678")
    assert (shown.customers, shown.hidden) == ([(mine, ["same passport number"])], 1)
    assert typed(teller, "taiwan_permit").customers == []


def test_a_typed_number_of_a_known_type_is_none_of_another_type(teller) -> None:
    namesake = CustomerFactory(name="章威", branch=teller.branch)
    paper(namesake, "foreign_passport", "12345678")
    same = {"name": "章威", "birth_date": None, "kind": "person", "sex": "", "at": timezone.now()}
    found_ = likely(user=teller, contact={"national_id": "12345678"}, document_type="taiwan_permit", **same)
    assert found_.customers == [(namesake, ["same name"])]


def test_the_form_asks_by_the_type_that_is_chosen(teller, signed_in) -> None:
    paper(CustomerFactory(name="章威", branch=teller.branch))
    desk, address = signed_in(teller), "/customers/new/alike/"
    said = {"kind": "person", "document_type": "passport", "national_id": NUMBER}
    page = desk.post(address, said).text
    assert "章威" in page and "same passport number" in page and NUMBER not in page
    assert "章威" not in desk.post(address, said | {"document_type": "taiwan_permit"}).text


def test_of_a_company_the_credit_code_is_asked(teller, signed_in) -> None:
    paper(CustomerFactory(name="云帆科技", kind="company", branch=teller.branch), "credit_code", CREDIT_CODE)
    said = {"kind": "company", "document_type": "resident_id", "national_id": CREDIT_CODE}
    assert "same licence number" in signed_in(teller).post("/customers/new/alike/", said).text
