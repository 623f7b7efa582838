"""Which records are proposed as one customer, and which are not."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from crm.audit.models import Event
from customers.contacts import hashes
from customers.duplicates import finding
from customers.duplicates.finding import find_duplicates, likely
from customers.models import Contact, Customer, Duplicate, Sign
from tests.factories import ContactFactory, CustomerFactory, MergeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
BORN = date(1990, 3, 7)


def person(
    name: str = "张伟", birth_date: date | None = None, *, sex: str = "", kind: str = "person", **contact: str
) -> Customer:
    customer = CustomerFactory(name=name, birth_date=birth_date, sex=sex, kind=kind)
    values = {"national_id": "", "phone": "", "email": "", "address": ""} | contact
    Contact.objects.create(customer=customer, **values | hashes(values))
    return customer


def found() -> dict[tuple[int, int], list[str]]:
    find_duplicates(at=NOW)
    return {(pair.first_id, pair.second_id): pair.signs for pair in Duplicate.objects.open()}


@pytest.mark.parametrize(
    "one, other, signs",
    [
        ({"national_id": "110101199003078515"}, {"national_id": "110101199003078515"}, {"document", "name"}),
        ({"name": "张伟", "national_id": "E1234567"}, {"name": "李娜", "national_id": "e 1234567"}, {"document", "other_name"}),
        ({"phone": "13812345678"}, {"phone": "+86 138 1234 5678"}, {"phone", "name"}),
        ({"birth_date": BORN}, {"birth_date": BORN}, {"name", "birth_date"}),
        ({"name": "张伟", "birth_date": BORN, "phone": "13812345678"}, {"name": "章威", "birth_date": BORN, "phone": "13812345678"},
         {"phone", "birth_date", "sound"}),
        ({"email": "zw@example.com", "birth_date": BORN}, {"name": "", "email": "ZW@example.com", "birth_date": BORN},
         {"email", "birth_date"}),
        ({"birth_date": BORN, "phone": "13812345678", "national_id": "E1234567"},
         {"birth_date": BORN, "phone": "13812345678", "national_id": "110101199003078515"},
         {"name", "birth_date", "phone", "other_document"}),
        ({"name": "重庆银行", "kind": "company", "email": "a@example.com"}, {"name": "重庆银行", "kind": "company", "email": "a@example.com"},
         {"name", "email"}),
    ],
)  # fmt: skip
def test_what_two_records_share_makes_them_a_pair(one: dict, other: dict, signs: set) -> None:
    first, second = person(**one), person(**other)
    assert {pair: set(said) for pair, said in found().items()} == {(first.pk, second.pk): signs}


@pytest.mark.parametrize(
    "one, other",
    [
        ({}, {}),  # a name alone
        ({"name": "张伟", "phone": "13812345678"}, {"name": "张小宝", "phone": "13812345678"}),  # a child with the father's phone
        ({"name": "张伟", "phone": "13812345678", "email": "a@example.com"},
         {"name": "李娜", "phone": "13812345678", "email": "a@example.com"}),  # a couple
        ({"birth_date": BORN, "sex": "male"}, {"birth_date": BORN, "sex": "female"}),
        ({"birth_date": BORN, "national_id": "E1234567"}, {"birth_date": BORN, "national_id": "E7654321"}),
        ({"phone": "13812345678", "birth_date": BORN}, {"phone": "13812345678", "birth_date": date(1961, 1, 1)}),
        ({"name": "张伟", "birth_date": BORN}, {"name": "章威", "birth_date": BORN}),  # sounds the same, and nothing else
        ({"phone": "13812345678"}, {"phone": "13812345678", "kind": "company"}),
    ],
)  # fmt: skip
def test_what_speaks_against_one_customer_makes_no_pair(one: dict, other: dict) -> None:
    person(**one)
    person(**other)
    assert found() == {}


def test_a_number_that_many_share_tells_nothing() -> None:
    for _ in range(21):
        person(phone="13812345678")
    assert found() == {}


def test_a_merged_record_is_in_no_pair() -> None:
    stays = person(phone="13812345678")
    gone = person(phone="13812345678")
    MergeFactory(survivor=stays, absorbed=gone)
    Customer.objects.filter(pk=gone.pk).update(merged_into=stays)
    assert found() == {}


def test_looking_again_changes_nothing_and_what_is_alike_no_more_goes() -> None:
    first, second = person(phone="13812345678"), person(phone="13812345678")
    assert find_duplicates(at=NOW) == 1
    assert find_duplicates(at=datetime(2026, 3, 2, tzinfo=UTC)) == 0
    assert Duplicate.objects.get().found_at == NOW
    Contact.objects.filter(customer=second).update(**hashes({"phone": "13900000000"}))
    assert found() == {}
    Contact.objects.filter(customer=second).update(**hashes({"phone": "13812345678"}))
    assert list(found()) == [(first.pk, second.pk)]


def test_a_pair_that_was_dismissed_stays_dismissed() -> None:
    person(phone="13812345678")
    person(phone="13812345678")
    find_duplicates(at=NOW)
    Duplicate.objects.update(state=Duplicate.State.DISMISSED)
    assert found() == {}
    assert Duplicate.objects.count() == 1


def test_every_sign_of_the_statement_has_a_word() -> None:
    person(name="张伟", birth_date=BORN, sex="male", national_id="E1234567", phone="13812345678", email="a@example.com",
           address="长安街1号")  # fmt: skip
    person(name="张伟", birth_date=BORN, sex="male", national_id="E1234567", phone="13812345678", email="a@example.com",
           address="长安街1号")  # fmt: skip
    find_duplicates(at=NOW)
    pair = Duplicate.objects.get()
    assert pair.score == 100 and pair.signs[0] == Sign.DOCUMENT
    assert set(pair.signs) == {"document", "phone", "email", "address", "name", "birth_date"}
    assert "same id document" in pair.said


def typed(user, **values) -> tuple[list[str], int]:
    contact = {name: values.pop(name) for name in ("phone", "national_id", "email", "address") if name in values}
    said = {"name": "", "kind": "person", "birth_date": None, "sex": ""} | values
    shown = likely(user=user, contact=contact, at=timezone.now(), **said)
    return [customer.number for customer, _signs in shown.customers], shown.hidden


def test_while_one_types_who_is_alike_is_named_in_reach_and_counted_beyond(teller, own, other) -> None:
    mine = CustomerFactory(name="王芳", branch=teller.branch)
    for customer in (mine, beyond := CustomerFactory(name="王芳", branch=other.customer.branch)):
        ContactFactory(customer=customer, phone="+8613700000000", national_id="", email="")
    assert typed(teller, name="王芳", phone="137 0000 0000") == ([mine.number], 1)
    assert typed(teller, phone="13700000000") == ([mine.number], 1)
    assert beyond.number not in str(typed(teller, name="王芳", phone="13700000000"))


def test_of_a_common_name_alone_those_beyond_the_reach_are_not_told(teller, other) -> None:
    CustomerFactory(name="王芳", branch=other.customer.branch)
    mine = CustomerFactory(name="王芳", branch=teller.branch)
    assert typed(teller, name="王芳") == ([mine.number], 0)


def test_a_birth_date_tells_nothing_of_who_is_beyond_the_reach(teller, other) -> None:
    Customer.objects.filter(pk=other.customer.pk).update(birth_date=BORN)
    assert typed(teller, name=other.customer.name, birth_date=BORN) == ([], 0)


def test_what_is_told_of_those_beyond_is_recorded_once_and_limited(teller, other, settings) -> None:
    settings.CRM_LOOKUPS_PER_HOUR = 1
    for phone in ("+8613700000001", "+8613700000002"):
        ContactFactory(customer=CustomerFactory(branch=other.customer.branch), phone=phone, national_id="", email="")
    assert [typed(teller, phone=phone)[1] for phone in ("13700000001", "13700000001", "13700000002")] == [1, 1, 0]
    assert Event.objects.filter(action="customer.told_of", actor_id=teller.pk).count() == 1


def test_of_a_common_name_the_one_born_on_the_day_is_shown(teller, monkeypatch) -> None:
    monkeypatch.setattr(finding, "TYPED_MOST", 3)
    CustomerFactory.create_batch(6, name="王芳", branch=teller.branch)
    same = CustomerFactory(name="王芳", branch=teller.branch, birth_date=BORN)
    assert typed(teller, name="王芳", birth_date=BORN)[0][0] == same.number


def test_what_is_half_typed_finds_nobody_and_breaks_nothing(teller, own) -> None:
    assert typed(teller, name="", phone="13", national_id="x", email="a@") == ([], 0)
