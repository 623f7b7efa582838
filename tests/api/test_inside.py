"""What is no customer's: branches, users, the trail, and the policies."""

from crm.audit import services as audit
from tests.factories import BranchFactory, SchemeVersionFactory, TierFactory, WaiverLineFactory


def test_a_branch_names_its_parent(api, teller):
    BranchFactory(code="SUB", parent=teller.branch, sub_branch=True)
    found = api(teller).get("/api/v1/branches/", {"search": "SU"}).json()["results"]
    assert [(row["code"], row["parent"], row["level"]) for row in found] == [("SUB", "EAST", "sub_branch")]


def test_users_come_without_anything_that_lets_them_in(api, admin, teller):
    rows = api(admin).get("/api/v1/users/", {"username": "teller"}).json()["results"]
    assert [(row["username"], row["role"], row["branch"]) for row in rows] == [("teller", "teller", "EAST")]
    assert not {"password", "email", "is_superuser"} & set(rows[0])


def test_the_trail_is_read_by_customer_and_newest_first(api, auditor, own):
    for action in ("one", "two"):
        audit.record(action, own.customer, by="test", customer_id=own.customer.pk)
    rows = api(auditor).get("/api/v1/audit-events/", {"customer": "1001"}).json()["results"]
    assert [row["action"] for row in rows[:2]] == ["two", "one"]


def test_a_scheme_shows_its_versions_as_in_the_policy_file(api, approver):
    version = SchemeVersionFactory()
    TierFactory(scheme=version.scheme)
    shown = api(approver).get(f"/api/v1/tier-schemes/{version.scheme.pk}/").json()
    assert shown["versions"][0]["content"]["tiers"][1]["when"]["value"] == "200000"
    tiers = api(approver).get("/api/v1/tiers/", {"customer_kind": "person"}).json()["results"]
    assert [(tier["code"], tier["customer_kind"], tier["rank"]) for tier in tiers] == [("mass", "person", 0)]


def test_a_waiver_policy_shows_its_lines_in_the_words_of_the_file(api, teller):
    policy = WaiverLineFactory(cap_per_fee="10").policy
    line = api(teller).get(f"/api/v1/waiver-policies/{policy.pk}/").json()["lines"][0]
    assert (line["tier"], line["fee"], line["percent"], line["cap_per_fee"]) == ("gold", "statement", "0.1000", "10.00")
