from collections.abc import Callable
from datetime import date

import pytest

from crm.identity.models import User
from customers.calls.questions import known_of
from customers.calls.services import begin_call
from customers.calls.verifying import choose_customer
from customers.models import Call, Customer
from tests.customers.calls.clock import NOON
from tests.people import Story


@pytest.fixture
def customer(own: Story) -> Customer:
    """Of whom the bank knows all that it can ask."""
    Customer.objects.filter(pk=own.customer.pk).update(birth_date=date(1990, 3, 7))
    own.account.number = "6222021001000014821"
    own.account.save(update_fields=["number"])
    own.customer.refresh_from_db()
    return own.customer


@pytest.fixture
def right(customer: Customer) -> dict[str, str]:
    """The right answer to every question."""
    return {str(question): min(answers) for question, answers in known_of(customer).items()} | {
        "branch": customer.branch.code
    }


@pytest.fixture
def ringing(customer: Customer, agent: User) -> Call:
    """A call in which the agent has chosen the customer."""
    call = begin_call(number="13812345678", by=agent, at=NOON)
    return choose_customer(call=call, customer=customer, by=agent, at=NOON)


@pytest.fixture
def answers(right: dict[str, str]) -> Callable[..., dict[str, str]]:
    """To what a call asks, `wrong` of them wrong."""

    def said(call: Call, wrong: int = 0) -> dict[str, str]:
        return {str(q): "nonsense" if n < wrong else right[q] for n, q in enumerate(call.asked)}

    return said
