"""Check digits, against published numbers; and no single mistyped digit, nor two neighbours exchanged, goes unnoticed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from customers.documents.mrz import read_zone
from customers.documents.numbers import CREDIT_LETTERS, check_number, credit_check, resident_check, spelt

TODAY = date(2026, 4, 1)
RIGHT = [
    ("resident_id", "11010119900307851 5"),
    ("household_register", "110101199003078523"),
    ("resident_id", "830000199003078539"),
    ("residence_permit", "810000199003078535"),
    ("foreign_resident", "911284199003078538"),
    ("foreign_resident", "FIN110000000001"),
    ("passport", "e12345678"),
    ("passport", "EA1234567"),
    ("passport", "G12345678"),
    ("passport", "DE1234567"),
    ("foreign_passport", "L898902C3"),
    ("hk_macau_permit", "H12345678"),
    ("hk_macau_permit", "M1234567801"),
    ("taiwan_permit", "12345678"),
    ("taiwan_permit", "1234567890(B)"),
    ("credit_code", "91350100M000100Y43"),  # the example of GB 32100
    ("credit_code", "91440300708461136T"),
    ("licence", "110108000000016"),  # the example of GS 15
    ("licence", "91110000600037341L"),
    ("financial_licence", "B0001H111000001"),
]
WRONG = [
    ("resident_id", "110101199003078516", "last character"),
    ("resident_id", "110101900307851", "18 characters"),
    ("resident_id", "110101199002308511", "day of birth"),
    ("resident_id", "110101209003078517", "Nobody alive"),
    ("resident_id", "910101199003078514", "No province"),
    ("resident_id", "810000199003078535", "No province"),
    ("residence_permit", "110101199003078515", "begins with 810000"),
    ("foreign_resident", "110101199003078515", "begins with 9"),
    ("passport", "X12345678", "letter E or G"),
    ("passport", "EI1234567", "letter E or G"),
    ("foreign_passport", "PASSPORT", "letters and digits"),
    ("hk_macau_permit", "C12345678", "H or M"),
    ("taiwan_permit", "1234567", "8 digits"),
    ("credit_code", "91350100M000100Y44", "last character"),
    ("credit_code", "91350100I000100Y43", "but for I, O, S, V and Z"),
    ("licence", "110108000000017", "last character"),
    ("financial_licence", "0001H111000001", "financial licence"),
]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_a_number_that_is_right_is_taken_in_any_spelling(kind, text) -> None:
    check_number(kind, spelt(text), as_of=TODAY)


@pytest.mark.parametrize(("kind", "text", "words"), WRONG)
def test_a_number_that_is_wrong_is_refused_with_what_is_wrong(kind, text, words) -> None:
    text = fixed(text) if "last character" not in words and len(text) == 18 and text[:17].isdigit() else text
    with pytest.raises(RuleBroken, match=words) as refused:
        check_number(kind, spelt(text), as_of=TODAY)
    assert refused.value.field == "number"


def fixed(text: str) -> str:
    """With the right last character, so that something else is wrong."""
    return text[:17] + resident_check(text[:17])


def test_a_resident_id_tells_birth_date_and_sex() -> None:
    man, woman = (
        check_number("resident_id", text, as_of=TODAY) for text in ("110101199003078515", "110101199003078523")
    )
    assert (man.birth_date, man.sex, woman.sex) == (date(1990, 3, 7), "male", "female")


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_resident_id_never_fits(first, place, by) -> None:
    other = first[:place] + str((int(first[place]) + by) % 10) + first[place + 1 :]
    assert resident_check(other) != resident_check(first)


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 15))
def test_two_neighbours_exchanged_never_fit(first, place) -> None:
    other = first[:place] + first[place + 1] + first[place] + first[place + 2 :]
    assert other == first or resident_check(other) != resident_check(first)


@given(st.text(CREDIT_LETTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CREDIT_LETTERS))
def test_one_wrong_character_of_a_credit_code_never_fits(first, place, letter) -> None:
    other = first[:place] + letter + first[place + 1 :]
    assert other == first or credit_check(other) != credit_check(first)


SPECIMEN = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"  # of ICAO 9303


def test_the_foot_of_a_passport_is_read() -> None:
    zone = read_zone(f"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{SPECIMEN}", as_of=date(2010, 1, 1))
    assert (zone.number, zone.nationality, zone.sex) == ("L898902C3", "UTO", "female")
    assert (zone.birth_date, zone.valid_until) == (date(1974, 8, 12), date(2012, 4, 15))


@pytest.mark.parametrize("place", [0, 15, 22, 30, 43])
def test_a_mistyped_character_of_it_is_noticed(place) -> None:
    letter = "8" if SPECIMEN[place] != "8" else "5"
    with pytest.raises(RuleBroken, match="does not fit"):
        read_zone(SPECIMEN[:place] + letter + SPECIMEN[place + 1 :], as_of=TODAY)
