"""Call-backs: promised, taken by one alone, kept, missed and told; the manager's with a task of theirs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.calls import verifying
from customers.models import Call
from managers.models import Task
from managers.todo.services import close_task
from service.models import CallBack
from service.phone.call_backs import book, cancel, finish, miss, take
from tests.at_once import at_once
from tests.factories import CallBackFactory, CallerFactory, ContactFactory, CustomerFactory, UserFactory

NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def booked(by, **more) -> CallBack:
    return book(**{"topic": "Card", "due_at": NOW + DAY, "by": by, "at": NOW} | more)


@pytest.mark.django_db
def test_the_phone_centre_takes_it_with_the_number_and_a_call(own, agent):
    made = booked(agent, customer=own.customer)
    made, number = take(call_back=made, by=agent, at=NOW + DAY)
    assert number == own.customer.contact.phone and (made.state, made.taken_by, made.made.agent) == (
        "taken",
        agent,
        agent,
    )
    assert verifying.candidates_of(made.made) == [own.customer]
    event = Event.objects.get(action="contact.revealed")
    assert (event.customer_id, event.kind, event.data["reason"]) == (own.customer.pk, "read", str(made))
    with pytest.raises(RuleBroken, match="no longer waiting"):
        take(call_back=made, by=UserFactory(agent=True), at=NOW + DAY)
    assert finish(call_back=made, is_reached=True, by=agent, at=NOW + DAY).ended_at == NOW + DAY


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_has_it() -> None:
    customer = ContactFactory().customer
    made, taken = CallBackFactory(customer=customer), []
    people = [UserFactory(agent=True) for _number in range(8)]

    def work(user: User) -> None:
        try:
            taken.append(take(call_back=made, by=User.objects.get(pk=user.pk), at=timezone.now()))
        except RuleBroken as refusal:
            assert refusal.code == "taken"

    assert at_once([lambda user=user: work(user) for user in people]) == []
    assert len(taken) == 1 and Call.objects.count() == 1


@pytest.mark.django_db
def test_who_is_not_reached_waits_again_and_only_who_took_it_says_so(own, agent):
    made, _number = take(call_back=booked(agent, customer=own.customer), by=agent, at=NOW + DAY)
    with pytest.raises(RuleBroken, match="Only who took it"):
        finish(call_back=made, is_reached=True, by=UserFactory(agent=True), at=NOW + DAY)
    made = finish(call_back=made, is_reached=False, by=agent, at=NOW + DAY)
    assert (made.state, made.taken_by, made.ended_at) == ("missed", None, None)
    assert take(call_back=made, by=agent, at=NOW + DAY)[0].state == "taken"


@pytest.mark.django_db
def test_a_managers_is_a_task_on_their_day_and_ends_with_it(own, agent, manager):
    made = booked(agent, customer=own.customer, by_manager=True)
    task = Task.objects.get(kind="call_back")
    assert (task.about, task.customer, task.due_on.isoformat()) == (str(made.pk), own.customer, "2026-04-03")
    assert "09:00" in str(task) and "Card" in str(task)
    assert manager.notifications.filter(text__contains="call-back was booked").exists()
    close_task(task=task, state="done", remark="", by=manager, as_of=NOW + DAY)
    made.refresh_from_db()
    assert (made.state, made.taken_by) == ("done", manager)
    second = booked(agent, customer=own.customer, by_manager=True)
    close_task(task=Task.objects.get(state="open"), state="dismissed", remark="Wrong", by=manager, as_of=NOW + DAY)
    second.refresh_from_db()
    assert second.state == "cancelled"
    third = booked(agent, customer=own.customer, by_manager=True)
    cancel(call_back=third, by=agent, at=NOW)
    assert not Task.objects.filter(kind="call_back", state="open").exists()


@pytest.mark.django_db
def test_what_nobody_took_in_time_is_told_once(own, agent, manager):
    booked(agent, customer=own.customer, by_manager=True)
    booked(agent, customer=own.customer)
    assert miss(at=NOW + DAY) == 0 and miss(at=NOW + DAY + HOUR) == 2 and miss(at=NOW + DAY + HOUR) == 0
    for user in (manager, agent):
        assert user.notifications.filter(text__contains="was missed").count() == 1
    assert set(CallBack.objects.values_list("state", flat=True)) == {"missed"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"topic": " "}, {"due_at": NOW}, {"due_at": NOW + 61 * DAY}, {"customer": None}, {"by_manager": True}]
)
def test_what_is_not_whole_is_refused(agent, wrong):
    with pytest.raises(RuleBroken):
        booked(agent, **{"customer": CustomerFactory(manager=None)} | wrong)
    assert not CallBack.objects.exists()


@pytest.mark.django_db
def test_somebody_who_is_no_customer_is_called_back(agent, manager):
    made = booked(agent, caller=CallerFactory())
    assert take(call_back=made, by=agent, at=NOW)[1] == made.caller.phone
    assert not CallBack.objects.visible_to(manager).exists() and CallBack.objects.visible_to(agent).exists()
    with pytest.raises(RuleBroken, match="no number"):
        booked(agent, caller=CallerFactory(anonymous=True))
    with pytest.raises(IntegrityError, match="call_back_is_to_somebody"), transaction.atomic():
        CallBackFactory(customer=None)


@pytest.mark.django_db
def test_it_is_booked_in_a_call_listed_taken_and_finished(own, agent, manager, signed_in, queries):
    due = timezone.localtime(timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    url = f"/customers/{own.customer.pk}/call-back/"
    assert signed_in(agent).post(url, {"topic": "Rates", "due_at": due}).status_code == 302
    browser, made = signed_in(manager), CallBack.objects.get()
    browser.get("/call-backs/")
    with queries("call_backs"):
        assert "Rates" in browser.get("/call-backs/").text
    assert own.customer.contact.phone in browser.post(f"/call-backs/{made.pk}/take/").text
    assert "Reached" in browser.get(f"/call-backs/{made.pk}/").text
    browser.post(f"/call-backs/{made.pk}/finish/?reached=1")
    assert "Rates" not in browser.get("/call-backs/").text and "Rates" in browser.get("/call-backs/?state=done").text
    assert signed_in(agent).post(url, {"topic": "", "due_at": due}).status_code == 422
