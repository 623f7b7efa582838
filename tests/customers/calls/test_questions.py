"""What may be asked, and when an answer is right."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.calls.questions import Question, in_order, is_right, known_of, normalised
from customers.models import AccountHolder
from tests.customers.calls.clock import NOON
from tests.factories import AccountFactory, BranchFactory, CustomerFactory, TransactionFactory

KNOWN = {
    Question.DOCUMENT: frozenset({"8515"}),
    Question.BIRTH_DATE: frozenset({"1990-03-07"}),
    Question.ACCOUNT: frozenset({"4821", "0099"}),
    Question.MONTH: frozenset({"2026-03"}),
}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question.DOCUMENT, " 8515"),
        (Question.BIRTH_DATE, "1990-03-07"),
        (Question.BIRTH_DATE, "19900307"),
        (Question.BIRTH_DATE, "1990年3月7日"),
        (Question.BIRTH_DATE, "1990/3/7"),
        (Question.ACCOUNT, "00 99"),
        (Question.MONTH, "2026-3"),
        (Question.MONTH, "202603"),
    ],
)
def test_an_answer_is_right_in_any_spelling(question, said):
    assert is_right(question, said, KNOWN)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question.DOCUMENT, ""),
        (Question.DOCUMENT, "851"),
        (Question.DOCUMENT, "38515"),
        (Question.BIRTH_DATE, "07-03-1990"),
        (Question.BIRTH_DATE, "1990-03"),
        (Question.BIRTH_DATE, "1990-13-40"),
        (Question.ACCOUNT, "6222021001000014821"),
        (Question.MONTH, "2026"),
        (Question.BRANCH, ""),
    ],
)
@pytest.mark.django_db
def test_a_part_or_more_than_was_asked_is_wrong(question, said):
    assert not is_right(question, said, KNOWN)


@given(st.sampled_from([each for each in Question if each is not Question.BRANCH]), st.text(max_size=30))
def test_no_text_breaks_the_reading_and_nothing_unknown_is_right(question, said):
    normalised(question, said)
    assert not is_right(question, said, {})


@pytest.mark.django_db
def test_a_branch_is_said_by_its_code_or_by_what_no_other_is_called(own, east):
    known = known_of(own.customer)
    BranchFactory(code="EAST2", name="East river")
    assert is_right(Question.BRANCH, "east", known)
    assert is_right(Question.BRANCH, "East branch", known)
    assert not is_right(Question.BRANCH, "eas", known)
    assert not is_right(Question.BRANCH, "West", known)


@pytest.mark.django_db
def test_only_what_the_bank_knows_is_asked():
    assert known_of(CustomerFactory()) == {}
    customer = CustomerFactory(birth_date=date(1990, 3, 7))
    assert set(known_of(customer)) == {Question.BIRTH_DATE}


@pytest.mark.django_db
def test_accounts_that_are_closed_or_anothers_and_what_the_bank_books_itself_are_not_asked():
    customer = CustomerFactory()
    AccountFactory(number="62220000001111", holder=customer, closed_on=date(2026, 1, 1))
    AccountFactory(
        number="62220000002222", holder=customer, holder__role=AccountHolder.Role.AUTHORISED, holder__share=0
    )
    account = AccountFactory(number="62220000003333", holder=customer)
    TransactionFactory(account=account, booked_on=date(2026, 2, 3))
    TransactionFactory(account=account, booked_on=date(2026, 3, 31), kind="interest")
    known = known_of(customer)
    assert known[Question.ACCOUNT] == {"3333"}
    assert known[Question.MONTH] == {"2026-02"}


@pytest.mark.django_db
def test_the_order_is_the_days_and_the_customers_own():
    questions = dict.fromkeys(Question, frozenset({"x"}))
    one = CustomerFactory()
    orders = {tuple(in_order(one, questions, NOON + timedelta(days=day))) for day in range(20)}
    assert len(orders) > 5
    assert in_order(one, questions, NOON) == in_order(one, questions, NOON + timedelta(hours=3))
