"""Days and amounts in other forms: read strictly, found where only one form is possible."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.imports.mapping.amounts import NUMBERS, TOLD
from customers.imports.mapping.dates import DATES
from customers.imports.mapping.forms import forms_of

WRITTEN = {
    "iso": "{0:%Y-%m-%d}",
    "ymd": "{0.year}年{0.month}月{0.day}日",
    "dmy": "{0.day:02}.{0.month:02}.{0.year}",
    "mdy": "{0.month}/{0.day}/{0.year}",
}


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("iso", "20240331", "2024-03-31"),
        ("ymd", "2024/3/1", "2024-03-01"),
        ("ymd", "2024-03-31", "2024-03-31"),
        ("ymd", "2024年3月1日 9:30", "2024-03-01 09:30"),
        ("dmy", "31.03.2024", "2024-03-31"),
        ("dmy", "1. 3. 2024", "2024-03-01"),
        ("dmy", "31/3/2024 00:00:00", "2024-03-31"),
        ("mdy", "3/31/2024 14:05:10", "2024-03-31 14:05:10"),
    ],
)
def test_a_day_is_read_in_the_form_that_was_chosen(form, text, day):
    assert DATES[form](text) == day


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("dmy", "03/31/2024"), ("mdy", "31.03.2024"), ("dmy", "30.02.2024"), ("dmy", "2024-03-31"), ("iso", "2024-3-1"),
        ("dmy", "31.03.24"), ("ymd", "20243/1"), ("iso", "yesterday"), ("mdy", ""),
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_no_day(form, text):
    assert DATES[form](text) is None


@pytest.mark.parametrize(
    ("form", "text", "amount"),
    [
        ("point", "1234.5", "1234.5"), ("grouped", "-1,234,567.80", "-1234567.80"), ("grouped", "12", "12"),
        ("comma", "1.234,56", "1234.56"), ("comma", "1 234,5", "1234.5"), ("comma", "1\u00a0234", "1234"),
        ("comma", "-0,01", "-0.01"), ("wan", "1.5", "15000"), ("wan", "1,200", "12000000"), ("wan", "0.00001", "0.1"),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_the_form_that_was_chosen(form, text, amount):
    assert NUMBERS[form](text) == amount


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("point", "1,234"), ("grouped", "1,23"), ("grouped", "1.234,5"), ("comma", "1.23"), ("comma", "1,234.5"),
        ("grouped", "12,345,6"), ("point", ""), ("comma", "１２"), ("wan", "10-20万"), ("point", "1e3"),
    ],
)  # fmt: skip
def test_signs_that_stand_in_wrong_places_make_no_amount(form, text):
    assert NUMBERS[form](text) is None


@given(
    days=st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1, max_size=20),
    form=st.sampled_from([*WRITTEN]),
)
def test_the_form_in_which_days_were_written_is_always_among_the_possible_ones(days, form):
    texts = [WRITTEN[form].format(day) for day in days]
    possible = forms_of(texts, DATES)
    assert any([DATES[found](text) for text in texts] == [day.isoformat() for day in days] for found in possible)


@given(amounts=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=20), form=st.sampled_from([*TOLD]))
def test_the_form_in_which_amounts_were_written_is_always_among_the_possible_ones(amounts, form):
    signs = {"point": "", "grouped": ",", "comma": ","}
    texts = [f"{amount:{signs[form]}.2f}" for amount in amounts]
    if form == "comma":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    possible = forms_of(texts, TOLD)
    read = [[Decimal(TOLD[found](text) or "nan") for text in texts] for found in possible]
    assert [amount + 0 for amount in amounts] in read


def test_of_two_forms_that_give_different_days_none_is_found():
    assert forms_of(["03.04.2024", "05.06.2024"], DATES) == ["dmy", "mdy"]
    assert forms_of(["03.04.2024", "25.06.2024"], DATES) == ["dmy"]
    assert forms_of(["1,234", "2,500"], TOLD) == ["grouped", "comma"]
    assert forms_of(["1,234", "2,50"], TOLD) == ["comma"]


def test_a_few_bad_cells_hide_no_form_and_words_have_none():
    assert forms_of(["31.03.2024", "30.03.2024", "29.03.2024", "28.03.2024", "unknown"], DATES) == ["dmy"]
    assert forms_of(["10-20万", "20-50万"], TOLD) == []
    assert forms_of([], TOLD) == []
