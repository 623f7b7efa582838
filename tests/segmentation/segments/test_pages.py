"""The segments and their members: in reach by name, for an admin as counts and pseudonyms."""

import pytest

from customers.masking import pseudonym
from segmentation.models import Segment, SegmentSnapshot, SnapshotMember
from tests.segmentation.night.bank import customer_with, nights, policy
from tests.segmentation.segments.bank import segment, use
from tests.segmentation.segments.test_night import D1, D2, D3, POOR

pytestmark = pytest.mark.django_db
VERY = {"field": "balance", "op": ">=", "value": "5000"}


@pytest.fixture
def bank(manager, manager2, east, west) -> dict:
    policy(("mass", None, 0))
    people = {
        "own": customer_with({D1: "6000", D3: "0"}, number="N1", name="Ann", manager=manager, branch=east),
        "other": customer_with({D1: "7000"}, number="N2", name="Bob", manager=manager2, branch=west),
        "poor": customer_with({D1: "5"}, number="N3", name="Cid", manager=manager, branch=east),
    }
    use(segment(priority=20), segment("very", VERY, priority=10))
    nights(D1, D2)
    return people


def id_of(code: str) -> int:
    return Segment.objects.get(code=code).pk


def texts(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def count_of(client, code: str) -> tuple[int, int]:
    (group,) = client.get("/segments/").context["groups"]
    (shown,) = [each for each in group.segments if each.segment.code == code]
    return shown.members, group.unclassified


def test_an_admin_counts_the_whole_book_and_others_their_reach(bank, signed_in, admin, manager, head, auditor):
    assert count_of(signed_in(admin), "very") == (2, 1)
    assert count_of(signed_in(manager), "very") == (1, 1)
    assert count_of(signed_in(head), "very") == (1, 1)
    assert count_of(signed_in(auditor), "very") == (2, 1)


def test_members_are_names_in_reach_and_pseudonyms_for_who_sees_no_customer(bank, signed_in, admin, manager):
    address = f"/segments/{id_of('very')}/members/"

    own, whole = texts(signed_in(manager), address), texts(signed_in(admin), address)

    assert "Ann" in own and "Bob" not in own
    assert pseudonym("N1") in whole and pseudonym("N2") in whole
    assert not [text for text in ("Ann", "Bob", "N1", "N2") if f">{text}<" in whole]


def test_an_export_holds_what_the_list_holds(bank, signed_in, admin, head):
    address = f"/segments/{id_of('very')}/members/?export=csv"

    own = b"".join(signed_in(head).get(address)).decode("utf-8-sig")
    whole = b"".join(signed_in(admin).get(address)).decode("utf-8-sig")

    assert "N1" in own and "N2" not in own
    assert pseudonym("N1") in whole and "N1," not in whole and "Ann" not in whole


def test_who_has_left_is_found_by_the_day(bank, signed_in, manager):
    nights(D3, D3)
    address = f"/segments/{id_of('very')}/members/"

    assert "Ann" not in texts(signed_in(manager), address)
    assert "Ann" in texts(signed_in(manager), f"{address}?on={D2}")


def test_whom_no_segment_picks_is_listed_as_unclassified(bank, signed_in, manager):
    page = texts(signed_in(manager), "/segments/unclassified/?scheme=main")

    assert "Cid" in page and "Ann" not in page
    assert signed_in(manager).get("/segments/unclassified/?scheme=none").status_code == 404


def test_two_segments_compared_lead_to_the_lists_of_what_they_count(bank, signed_in, manager, admin):
    use(segment("poor", POOR))
    nights(D3, D3)

    found = signed_in(admin).get("/segments/overlap/?a=rich&b=very").context["overlap"]
    page = texts(signed_in(manager), "/segments/overlap/?a=rich&b=poor")

    assert (found.first, found.both, found.second, found.share) == (0, 1, 0, 100)
    assert "not_in=poor" in page and "also=poor" in page
    assert "Ann" in texts(signed_in(manager), f"/segments/{id_of('poor')}/members/?not_in=rich")
    assert "Ann" not in texts(signed_in(manager), f"/segments/{id_of('poor')}/members/?also=rich")
    assert "two different segments" in texts(signed_in(manager), "/segments/overlap/?a=rich&b=rich")


def test_a_snapshot_keeps_who_was_a_member(bank, signed_in, admin, manager):
    answer = signed_in(admin).post(f"/segments/{id_of('very')}/freeze/", {"name": "For the spring letter"})
    nights(D3, D3)

    snapshot = SegmentSnapshot.objects.get()
    assert answer.status_code == 302 and (snapshot.members, snapshot.business_date) == (2, D2)
    page = texts(signed_in(manager), f"/segments/snapshots/{snapshot.pk}/")
    assert "Ann" in page and "Bob" not in page
    twice = signed_in(admin).post(f"/segments/{id_of('very')}/freeze/", {"name": "For the spring letter"})
    assert twice.status_code == 422 and "has this name already" in twice.content.decode()
    assert SnapshotMember.objects.count() == 2


def test_the_customer_page_timeline_and_list_know_the_segments(bank, signed_in, api, manager):
    page = texts(signed_in(manager), f"/customers/{bank['own'].pk}/")
    assert "Very" in page and "and 1 more segment" in page
    happened = api(manager).get(f"/api/v1/customers/{bank['own'].pk}/timeline/").json()["results"]
    assert "Joined the segment Very" in [item["title"] for item in happened]

    listed = texts(signed_in(manager), "/customers/?segment=very")
    # a token of the page may hold any three letters
    assert ">Ann<" in listed and ">Cid<" not in listed


def test_why_a_customer_is_in_a_segment_is_told_condition_by_condition(bank, signed_in, manager):
    either = {"any": [{"field": "segment", "op": "=", "value": "very"}, {"field": "card", "op": "=", "value": "gold"}]}
    use(segment("either", either))
    address = f"/customers/{bank['own'].pk}/segments/"

    before = signed_in(manager).get(address).context["segments"]
    nights(D3, D3)
    after = {own.segment.code: own for own in signed_in(manager).get(address).context["segments"]}

    assert [(own.segment.code, own.since, own.is_primary) for own in before] == [
        ("very", D1, True),
        ("rich", D1, False),
    ]
    assert [own.since for own in after.values()] == [None, None, None]
    assert [(asked.text, asked.value, asked.met) for asked in after["either"].asked] == [
        ("balance is at least 5,000.00 CNY", "0.00 CNY", False),
        ("newest card is gold", "unknown", None),
    ]


def test_rest_lists_segments_members_and_freezes(bank, api, manager, admin):
    very = id_of("very")
    client = api(manager)

    listed = client.get("/api/v1/segments/").json()["results"]
    members = client.get(f"/api/v1/segments/{very}/members/").json()["results"]

    assert [(each["code"], each["priority"], len(each["versions"])) for each in listed] == [
        ("rich", 20, 1),
        ("very", 10, 1),
    ]
    assert listed[1]["versions"][0]["sentence"] == "Balance is at least 5,000.00 CNY"
    assert [(each["customer"], each["since"], each["until"], each["is_primary"]) for each in members] == [
        ("N1", str(D1), None, True)
    ]
    assert client.get(f"/api/v1/segments/{very}/members/?on=2026-02-28").json()["results"] == []
    assert client.get("/api/v1/segments/?code=rich").json()["results"][0]["name"] == "Rich"
    assert api(manager, "segments:read").get(f"/api/v1/segments/{very}/members/").status_code == 403
    assert api(manager, "segments:read", "customers:read").get(f"/api/v1/segments/{very}/members/").status_code == 200
    made = api(admin).post(f"/api/v1/segments/{very}/snapshots/", {"name": "By machine"}, format="json")
    assert made.status_code == 201 and made.json()["members"] == 2
    again = api(admin).post(f"/api/v1/segments/{very}/snapshots/", {"name": "By machine"}, format="json")
    assert again.status_code == 409
    assert client.get("/api/v1/segments/999999/members/").status_code == 404


def test_the_pages_have_a_price(bank, signed_in, api, manager, admin, queries):
    very = id_of("very")
    client, pages = signed_in(manager), ("segments", f"segments/{very}", f"segments/{very}/members", "segments/overlap")
    for page in pages:
        client.get(f"/{page}/")
        with queries(page.replace(f"/{very}", "/1")):
            client.get(f"/{page}/", {"a": "rich", "b": "very"} if page.endswith("overlap") else {})
    for page in ("segments", f"segments/{very}/members"):
        with queries(f"api:{page}".replace(f"/{very}", "/1")):
            assert api(manager).get(f"/api/v1/{page}/").status_code == 200
