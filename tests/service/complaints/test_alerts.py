"""Last days that are near or over, told once each, and never to whom the complaint is about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from service.complaints.alerting import alert
from service.complaints.services import answer, declare
from service.models import LegalAlert
from tests.factories import UserFactory
from tests.service.complaints.test_complaints import DAY, ENDED, complained

pytestmark = pytest.mark.django_db
# received on 10 February: the last day is the 25th
NEAR, LAST, OVER = (datetime(2026, 2, day, 3, tzinfo=UTC) for day in (20, 25, 26))


def told(user) -> list[str]:
    return list(user.notifications.order_by("pk").values_list("text", flat=True))


def test_handler_manager_and_head_are_told_before_and_after_and_once(own, teller, manager, head):
    complaint = complained(own, teller)
    manager.notifications.all().delete()
    assert alert(at=NEAR - DAY) == 0
    assert alert(at=NEAR) == 1 and alert(at=LAST) == 0
    assert alert(at=OVER) == 1 and alert(at=OVER + DAY) == 0
    number = complaint.ticket.number_said
    for user in (manager, head):
        assert [text.split(":")[0] for text in told(user)] == [
            f"Complaint {number} is to be answered by 25 Feb 2026.",
            f"Complaint {number} was to be answered by 25 Feb 2026",
        ]
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalAlert.objects.all().delete()


def test_another_last_day_is_warned_of_anew_and_an_answer_ends_it(own, teller, manager):
    complaint = complained(own, teller)
    assert alert(at=NEAR) == 1
    complaint = declare(complaint=complaint, act="complex", words="Many", by=manager, at=NEAR)
    assert alert(at=OVER) == 0 and alert(at=datetime(2026, 3, 8, 3, tzinfo=UTC)) == 1
    answer(complaint=complaint, words="Sorry.", by=manager, at=datetime(2026, 3, 9, 3, tzinfo=UTC), **ENDED)
    assert alert(at=OVER + timedelta(days=60)) == 0
    assert set(LegalAlert.objects.values_list("due_on", flat=True)) == {date(2026, 2, 25), date(2026, 3, 12)}


def test_whom_it_is_about_is_not_told_but_who_stands_above(own, teller, manager, head, head_office):
    above = UserFactory(head=True, branch=head_office)
    complained(own, teller, about=head)
    complained(own, teller, about=manager)
    manager.notifications.all().delete()
    head.notifications.all().delete()
    assert alert(at=NEAR) == 2
    assert (len(told(manager)), len(told(head)), len(told(above))) == (1, 1, 1)
