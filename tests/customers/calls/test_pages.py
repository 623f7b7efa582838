"""The page of a call, the customer behind it, the quick log after it, and the list of calls."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.audit.models import Event
from customers.calls import services
from customers.models import Call, Customer, Interaction
from tests.factories import InteractionFactory, TaskFactory, UserFactory
from tests.factories.attributes import AttributeValueFactory
from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def desk(agent, signed_in):
    return signed_in(agent)


@pytest.fixture
def call(desk, customer) -> Call:
    """Begun from the desk; the customer is chosen."""
    desk.post("/calls/begin/", {"number": "13812345678"})
    call = Call.objects.get()
    desk.post(f"/calls/{call.pk}/choose/", {"customer": customer.pk})
    call.refresh_from_db()
    return call


def said(call, right):
    return {str(question): right[question] for question in call.asked}


def test_home_of_an_agent_is_the_call_page(desk, manager, signed_in):
    assert b'id="desk-number"' in desk.get("/").content
    assert b'id="desk-number"' not in signed_in(manager).get("/").content
    assert 'value="13812345678"' in desk.get("/calls/begin/?number=13812345678").text


def test_candidates_are_masked(desk, customer):
    page = desk.post("/calls/begin/", {"number": "13812345678"}, follow=True).text
    assert "张*" in page and "张伟" not in page
    assert customer.number not in page and "13812345678" not in page


def test_no_right_answer_stands_in_the_page_before_or_after_the_check(desk, call, right):
    def hidden(page):
        wanted = [right[kind] for kind in ("document", "account", "birth_date", "month")]
        return [answer for answer in wanted if answer in page]

    assert hidden(desk.get(f"/calls/{call.pk}/").text) == []
    wrong = said(call, right) | {str(call.asked[0]): "nonsense"}
    assert hidden(desk.post(f"/calls/{call.pk}/verify/", wrong, follow=True).text) == []


def test_before_the_call_is_verified_the_customer_is_an_outline(desk, customer, own):
    page = desk.get(f"/customers/{customer.pk}/").text
    assert "138****5678" in page and "Masked" in page
    assert "1990" not in page and "tab=holdings" not in page
    assert desk.get(f"/customers/{customer.pk}/?tab=holdings").status_code == 404
    assert desk.get(f"/customers/{customer.pk}/transactions/").status_code == 404
    assert own.account.number not in desk.get(f"/customers/{customer.pk}/timeline/").text


def test_a_verified_call_opens_the_page_and_its_end_closes_it(desk, call, customer, own, right):
    desk.post(f"/calls/{call.pk}/verify/", said(call, right))
    own.account.refresh_from_db()
    page = desk.get(f"/customers/{customer.pk}/").text
    assert "+8613812345678" in page and "110101199003078515" not in page
    assert own.account.number in desk.get(f"/customers/{customer.pk}/?tab=holdings").text
    answer = desk.post(f"/calls/{call.pk}/end/")
    assert answer.headers["Location"] == f"/calls/{call.pk}/wrap-up/"
    page = desk.get(f"/customers/{customer.pk}/").text
    assert "+8613812345678" not in page and "138****5678" in page


def test_rest_and_lists_keep_to_the_outline(api, agent, customer, own, call, right):
    Customer.objects.filter(pk=customer.pk).update(sex="female", region="East", occupation="Teacher")
    AttributeValueFactory(customer=customer, attribute__code="hobby", text="围棋")
    program = api(agent)
    outline = program.get(f"/api/v1/customers/{customer.pk}/").json()
    assert outline["phone"] == "138****5678"
    told = {name: outline[name] for name in ("birth_date", "sex", "region", "occupation", "attributes", "origin")}
    assert told == {"birth_date": None, "sex": "", "region": "", "occupation": "", "attributes": {}, "origin": None}
    assert program.get("/api/v1/accounts/").json()["results"] == []
    assert program.get("/api/v1/transactions/").json()["results"] == []
    answer = program.post(f"/api/v1/calls/{call.pk}/verify/", {"answers": said(call, right)})
    assert answer.json()["state"] == "verified"
    shown = program.get(f"/api/v1/customers/{customer.pk}/").json()
    assert (shown["birth_date"], shown["occupation"]) == ("1990-03-07", "Teacher")
    assert shown["attributes"] == {"hobby": "围棋"}
    assert len(program.get("/api/v1/accounts/").json()["results"]) == 1
    assert program.post(f"/api/v1/calls/{call.pk}/end/").json()["is_over"]
    assert program.get("/api/v1/accounts/").json()["results"] == []


def test_rest_begins_a_call_finds_and_refuses(api, agent, customer):
    program = api(agent)
    begun = program.post("/api/v1/calls/", {"number": "13812345678"}, headers={"Idempotency-Key": "k1"}).json()
    assert [each["name"] for each in begun["candidates"]] == ["张*"]
    assert "number" not in begun
    again = program.post("/api/v1/calls/", {"number": "13812345678"}, headers={"Idempotency-Key": "k1"}).json()
    assert again == begun
    address = f"/api/v1/calls/{begun['id']}"
    assert program.post(f"{address}/choose/", {}).status_code == 400
    assert program.post(f"{address}/choose/", {"text": "nobody"}).status_code == 409
    chosen = program.post(f"{address}/choose/", {"text": customer.number}).json()
    assert [each["right"] for each in chosen["questions"]] == [None] * 3
    assert program.post(f"{address}/verify/", {"answers": {}}).json()["state"] == "refused"


def test_what_is_refused_is_said_on_the_page(desk, call, right):
    wrong = {str(question): "nonsense" for question in call.asked}
    page = desk.post(f"/calls/{call.pk}/verify/", wrong, follow=True).text
    assert "could not prove who they are" in page
    page = desk.post(f"/calls/{call.pk}/choose/", {"text": "nobody at all"})
    assert page.status_code == 422


def test_after_the_call_the_quick_log_has_all_but_outcome_and_next_step(desk, call, customer, right):
    desk.post(f"/calls/{call.pk}/verify/", said(call, right))
    desk.post(f"/calls/{call.pk}/end/")
    page = desk.get(f"/calls/{call.pk}/log/").text
    assert "They contacted us" in page and "张*" in page
    assert desk.post(f"/calls/{call.pk}/log/", {"purpose": "service"}).status_code == 422
    answer = desk.post(f"/calls/{call.pk}/log/", {"outcome": "agreed", "step": "week", "purpose": "service"})
    assert answer.headers["Location"] == "/"
    logged = Interaction.objects.get(customer=customer, outcome="agreed")
    assert (logged.at, (logged.next_on - timezone.localdate()).days) == (call.begun_at, 7)


def test_a_need_that_can_not_be_noted_leaves_nothing_logged(desk, call, right):
    before = Interaction.objects.count()
    need = {"need_about": "family deposit", "need_wish": "price", "need_quote": "Call 13812345678"}
    answer = desk.post(f"/calls/{call.pk}/log/", {"outcome": "agreed", "step": "none", "purpose": "service"} | need)
    assert answer.status_code == 422 and "Leave names" in answer.text
    assert Interaction.objects.count() == before


@pytest.fixture
def book(manager, signed_in):
    return signed_in(manager)


def test_a_manager_s_call_shows_the_number_with_the_reason_of_the_task_above_the_quick_log(book, customer):
    task = TaskFactory(customer=customer)
    shown = book.post(f"/customers/{customer.pk}/call/", **HTMX).text
    assert "+8613812345678" in shown and 'name="outcome"' in shown and str(task) in shown.replace("&#x27;", "'")
    assert Event.objects.get(action="contact.revealed").data["reason"] == str(task)


def test_without_a_task_the_next_step_is_the_reason_and_gives_the_purpose(book, customer):
    InteractionFactory(customer=customer, at=timezone.now(), purpose="review", next_on=timezone.localdate())
    shown = book.post(f"/customers/{customer.pk}/call/", **HTMX)
    assert shown.context["form"].initial["purpose"] == "review"
    assert Event.objects.get(action="contact.revealed").data["reason"].startswith("Next step of")


def test_outside_the_own_book_a_reason_is_typed_first(customer, signed_in, teller):
    answer = signed_in(teller).post(f"/customers/{customer.pk}/call/")
    assert answer.headers["Location"] == reverse("customer_reveal", args=[customer.pk, "phone"])
    assert not Event.objects.filter(action="contact.revealed").exists()


def test_a_head_sees_the_calls_of_their_people_and_an_auditor_all(agent, head, auditor, east, customer, signed_in):
    theirs = UserFactory(agent=True, branch=east, name="郭雪")
    CallFactory(agent=theirs, ended=True, verified=True, customer=customer)
    CallFactory(agent=theirs, ended=True, state="refused")
    CallFactory(agent=agent, ended=True)
    page = signed_in(head).get("/calls/")
    assert page.context["count"] == 2
    assert page.context["agents"] == [
        {"agent__name": "郭雪", "agent__username": theirs.username, "calls": 2, "verified": 1, "refused": 1,
         "length": "4:07", "name": "郭雪", "share": 50}
    ]  # fmt: skip
    assert signed_in(auditor).get("/calls/").context["count"] == 3
    assert "张伟" in signed_in(head).get("/calls/?export=csv").getvalue().decode()


def test_pages_of_calls_have_their_price(desk, call, agent, queries, right):
    with queries("call"):
        desk.get(f"/calls/{call.pk}/")
    services.end_call(call=call, by=agent, at=timezone.now())
    with queries("calls"):
        desk.get("/calls/")
