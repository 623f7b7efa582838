"""The tab, its forms, the overview, the quick log, the timeline, and the same over REST, each for who may know."""

import pytest

from customers.models import Customer, Preference
from tests.factories import LifeEventFactory, PreferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(own) -> Customer:
    for kind, value in (
        ("form_of_address", "王老师"), ("festival", "christmas"), ("festival", "spring_festival"), ("diet", "halal"),
    ):  # fmt: skip
        PreferenceFactory(customer=own.customer, kind=kind, value=value)
    return own.customer


def test_a_manager_notes_a_preference_on_the_tab(own, signed_in, manager, queries) -> None:
    client, pk = signed_in(manager), own.customer.pk
    typed = {"value": "evening", "source": "form", "learnt_on": "2026-11-01"}

    answer = client.post(f"/customers/{pk}/preferences/time/", typed)

    assert answer.headers["Location"] == f"/customers/{pk}/?tab=preferences"
    with queries("customer:preferences"):
        page = client.get(f"/customers/{pk}/?tab=preferences").content.decode()
    for words in ("Evening", "A form that the customer signed", "holds no longer", "Note a life event"):
        assert words in page, words


def test_a_gift_is_told_in_own_words_or_refused_altogether(own, signed_in, manager) -> None:
    client, address = signed_in(manager), f"/customers/{own.customer.pk}/preferences/gift/"
    said = {"source": "said", "learnt_on": "2026-11-01"}
    assert client.post(address, said | {"value": ""}).status_code == 422
    client.post(address, said | {"value": "Pu'er tea"})
    client.post(address, said | {"refuses": "on"})
    assert list(Preference.objects.open().values_list("value", flat=True)) == ["none"]
    assert "Accepts no gifts" in client.get(f"/customers/{own.customer.pk}/?tab=preferences").content.decode()


def test_the_overview_tells_them_without_a_query_of_their_own(known, signed_in, manager, queries) -> None:
    LifeEventFactory(customer=known)
    client = signed_in(manager)
    with queries("customer"):
        page = client.get(f"/customers/{known.pk}/").content.decode()
    assert "王老师" in page and "Christmas, Spring Festival" in page and "Halal" in page


@pytest.mark.parametrize(
    ("person", "sees"), [("manager", True), ("head", True), ("auditor", True), ("teller", False), ("agent", False)]
)
def test_how_a_customer_eats_is_shown_to_who_looks_after_them_and_their_name_not_to_an_agent_without_a_call(
    known, person, sees, signed_in, api, request
) -> None:
    user = request.getfixturevalue(person)
    client = signed_in(user)
    pages = [
        client.get(f"/customers/{known.pk}/{part}").content.decode() for part in ("", "?tab=preferences", "timeline/")
    ]
    told = api(user).get("/api/v1/preferences/").json()["results"]
    assert all(("Halal" in page) is sees for page in pages)
    assert ("diet" in {row["kind"] for row in told}) is sees
    assert all(("王老师" in page) is (person != "agent") for page in pages)


def test_the_quick_log_tells_how_to_speak_with_the_customer(known, signed_in, teller) -> None:
    Customer.objects.filter(pk=known.pk).update(preferred_time="evening")
    page = signed_in(teller).get(f"/customers/{known.pk}/log/").content.decode()
    assert "王老师" in page and "Evening" in page and "Halal" not in page


def test_what_was_known_before_stays_on_the_tab(known, signed_in, manager) -> None:
    client = signed_in(manager)
    client.post(f"/preferences/{Preference.objects.get(kind='diet').pk}/end/")
    page = client.get(f"/customers/{known.pk}/?tab=preferences").content.decode()
    assert "What was known before" in page and "Food and drink: Halal" in page


def test_rest_notes_lists_and_ends(own, api, manager) -> None:
    client, url = api(manager), "/api/v1/preferences/"
    said = {"customer": own.customer.number, "kind": "language", "value": "en", "source": "said"}

    made = client.post(url, said | {"learnt_on": "2026-03-01"}, format="json")
    wrong = client.post(url, said | {"value": "klingon", "learnt_on": "2026-03-01"}, format="json")
    one = f"{url}{made.json()['id']}/"
    without, stale = client.delete(one), client.delete(one, headers={"If-Match": '"0"'})
    listed = client.get(f"{url}?customer={own.customer.number}&holds=true").json()["results"]
    ended = client.delete(one, headers={"If-Match": made.headers["ETag"]})

    assert (made.status_code, wrong.status_code, without.status_code, stale.status_code) == (201, 409, 428, 412)
    assert [row["words"] for row in listed] == ["English"]
    assert ended.status_code == 204 and client.get(one).json()["ended_by"] == "manager"
    assert client.get(f"{url}?holds=true").json()["results"] == []
