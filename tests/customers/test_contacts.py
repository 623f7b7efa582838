import pytest

from crm.base.errors import RuleBroken
from customers import masking
from customers.contacts import hash_of, hashes, kept, normalised


@pytest.mark.parametrize(
    ("kind", "text", "spelling"),
    [
        ("phone", "13812345678", "+8613812345678"),
        ("phone", " 138-1234 5678 ", "+8613812345678"),
        ("phone", "+86 138 1234 5678", "+8613812345678"),
        ("phone", "0086 13812345678", "+8613812345678"),
        ("phone", "021 6888 8888", "+862168888888"),
        ("phone", "+420 601 123 456", "+420601123456"),
        ("email", " Wei.Zhang@Example.COM ", "wei.zhang@example.com"),
        ("national_id", "11010519491231002x", "11010519491231002X"),
        ("national_id", "110105 19491231 002X", "11010519491231002X"),
        ("address", "  Ulice  Nová 1 ", "ulice nova 1"),
        ("phone", "  ", ""),
    ],
)
def test_every_spelling_becomes_one(kind: str, text: str, spelling: str) -> None:
    assert normalised(kind, text) == spelling


@pytest.mark.parametrize(
    ("kind", "text"), [("phone", "abc"), ("phone", "12"), ("email", "wei at home"), ("national_id", "?!")]
)
def test_what_cannot_be_contact_data_is_refused_beside_its_field(kind: str, text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        normalised(kind, text)
    assert refused.value.field == kind


def test_two_spellings_have_one_hash_and_nothing_has_none() -> None:
    assert hash_of("phone", "138 1234 5678") == hash_of("phone", "+8613812345678")
    assert hashes({"phone": "13812345678", "email": ""}) == {
        "phone_hash": hash_of("phone", "13812345678"),
        "email_hash": None,
    }


def test_an_address_is_kept_as_it_was_written() -> None:
    assert kept("address", " Ulice Nová 1 ") == "Ulice Nová 1"


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("national_id", "110105194912310021", "110***********0021"),
        ("national_id", "AB123", "****23"),
        ("phone", "13812345678", "138****5678"),
        ("phone", "+8613812345678", "138****5678"),
        ("phone", "+420601123456", "+42****456"),
        ("email", "wei.zhang@example.com", "w****@example.com"),
        ("address", "上海市浦东新区世纪大道100号1101室", "上海市浦东****"),
        ("phone", "", ""),
    ],
)
def test_shown_masked(kind: str, text: str, shown: str) -> None:
    assert masking.masked(kind, text) == shown


def test_an_account_number_out_of_reach_shows_its_end_only() -> None:
    assert masking.account_number("6222020200112233") == "****2233"
    assert masking.account_number("1787") == "****"
