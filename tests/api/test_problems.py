import pytest

from crm.base.problems import flat


@pytest.fixture
def program(api, manager):
    return api(manager)


def test_a_problem_says_what_where_and_in_which_request(program, other):
    answer = program.get(f"/api/v1/customers/{other.customer.pk}/")
    said = answer.json()
    assert (said["status"], said["title"], said["code"]) == (404, "Not Found", "not_found")
    assert said["instance"] == f"/api/v1/customers/{other.customer.pk}/"
    assert said["request_id"] == answer["X-Request-ID"] != ""


def test_who_has_not_signed_in_gets_401_and_is_told_how(api, stranger, db):
    answer = api(stranger).get("/api/v1/customers/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_that_is_none_gets_401(client, db):
    assert client.get("/api/v1/customers/", headers={"Authorization": "Token nonsense"}).status_code == 401


def test_a_session_opens_rest_too(signed_in, manager):
    assert signed_in(manager).get("/api/v1/customers/").status_code == 200


def test_an_address_that_nothing_serves_is_a_problem_not_a_page(program):
    answer = program.get("/api/v1/unicorns/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"ordering": "birth_date"}, "ordering"),
        ({"page_size": "201"}, "page_size"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"status": "asleep"}, "status"),
    ],
)
def test_a_list_refuses_what_it_does_not_know(program, asked, field):
    answer = program.get("/api/v1/customers/", asked)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_a_verb_that_a_route_has_not_is_said_so(program, own):
    answer = program.delete(f"/api/v1/customers/{own.customer.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_broken_json_is_a_problem(program):
    answer = program.post("/api/v1/customers/", data="{", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_nested_messages_name_the_way_to_the_field():
    assert flat({"lines": [{}, {"percent": ["Too much."]}]}) == {"lines.1.percent": ["Too much."]}
    assert flat(["No."]) == {"non_field_errors": ["No."]}


def test_what_nobody_foresaw_is_a_problem_that_tells_nothing(program, monkeypatch):
    program.raise_request_exception = False
    monkeypatch.setattr("customers.viewsets.parties.CustomerViewSet.list", lambda *args, **kwargs: 1 / 0)
    answer = program.get("/api/v1/customers/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "zero" not in answer.content.decode()


def test_no_cache_on_the_way_keeps_or_shares_an_answer(program, own):
    answer = program.get(f"/api/v1/customers/{own.customer.pk}/")
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "Authorization" in answer["Vary"]
