"""A complaint of somebody whom the bank does not know has the same law, letters, warnings and reviews."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm.base.errors import RuleBroken
from customers.models import FeeCharge
from service.complaints.alerting import alert
from service.complaints.compensating import ask_compensation
from service.complaints.letters import acknowledge
from service.complaints.reviewing import ask_review
from service.complaints.services import answer
from service.models import Complaint
from tests.factories import CallerFactory, ComplaintFactory, UserFactory
from tests.service.complaints.test_complaints import DAY, ENDED, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def anonymous(teller) -> Complaint:
    caller = CallerFactory(anonymous=True)
    ticket = {"ticket__customer": None, "ticket__caller": caller, "ticket__opened_by": teller}
    return ComplaintFactory(**ticket, received_on=NOW.date(), due_on=NOW.date() + timedelta(days=15))


def test_its_last_day_is_told_to_the_heads_where_it_was_opened(anonymous, head):
    assert alert(at=NOW + 14 * DAY) == 1
    assert anonymous.ticket.number_said in head.notifications.get().text


def test_it_is_acknowledged_answered_and_reviewed_above(anonymous, agent, teller, head_office):
    above = UserFactory(head=True, branch=head_office, username="above")
    letter = acknowledge(complaint=anonymous, by=agent, at=NOW)
    assert anonymous.ticket.who in letter.body
    answer(complaint=anonymous, words="No.", by=agent, at=NOW, **ENDED)
    assert ask_review(complaint=anonymous, words="Not content.", by=teller, at=NOW).reviewer == above


def test_nothing_is_given_back_to_nobody(anonymous, head):
    with pytest.raises(RuleBroken, match="not known who this is"):
        ask_compensation(complaint=anonymous, charge=FeeCharge(), amount=Decimal(1), reason="Twice", by=head, at=NOW)
