"""Companies over REST: noted, corrected with what was read, and no end out of reach is named."""

from datetime import date
from decimal import Decimal

import pytest

from crm.audit.models import Event
from customers.models import CompanyFigure, OutsideParty
from tests.factories import (
    CompanyFigureFactory,
    CompanyRelationFactory,
    ContactPersonFactory,
    CreditLimitFactory,
    CustomerFactory,
    GroupLimitFactory,
    GroupMemberFactory,
)

pytestmark = pytest.mark.django_db
BASE = "/api/v1/companies"


@pytest.fixture
def firm(manager):
    return CustomerFactory(company=True, manager=manager, branch=manager.branch)


def test_a_relation_is_noted_and_corrected_by_who_read_it(firm, own, api, manager) -> None:
    client = api(manager)
    sent = {
        "customer": firm.number,
        "kind": "owner",
        "party": own.customer.number,
        "share": "0.6",
        "since": "2020-01-01",
    }
    made = client.post(f"{BASE}/relations/", sent, format="json")
    assert made.status_code == 201, made.json()
    address, tag = f"{BASE}/relations/{made.json()['id']}/", made["ETag"]
    assert client.patch(address, {"share": "0.5"}, format="json").status_code == 428
    assert client.patch(address, {"share": "0.5"}, format="json", headers={"If-Match": tag}).json()["version"] == 2
    assert client.patch(address, {"share": "0.4"}, format="json", headers={"If-Match": tag}).status_code == 412
    more = client.post(f"{BASE}/relations/", sent | {"party": None, "outsider": {"name": "Zhao", "kind": "person"},
                                                     "share": "0.51"}, format="json")  # fmt: skip
    assert more.status_code == 409 and "100 %" in more.json()["detail"]
    assert not OutsideParty.objects.exists()


def test_an_end_out_of_reach_is_hidden_and_not_to_be_written(firm, other, own, api, manager) -> None:
    client = api(manager)
    CompanyRelationFactory(customer=firm, party=other.customer)
    hidden = CompanyRelationFactory(party=own.customer)
    rows = {row["id"]: row for row in client.get(f"{BASE}/relations/").json()["results"]}
    assert rows[hidden.pk]["customer"] is None and rows[hidden.pk]["party"] == own.customer.number
    assert [row["party"] for row in rows.values() if row["is_hidden"]] == [None]
    any_ = {"If-Match": "*"}
    assert (
        client.patch(f"{BASE}/relations/{hidden.pk}/", {"remark": "x"}, format="json", headers=any_).status_code == 404
    )
    mine = next(key for key, row in rows.items() if row["is_hidden"])
    said = client.patch(f"{BASE}/relations/{mine}/", {"remark": "x"}, format="json", headers=any_).json()
    assert (said["party"], said["is_hidden"], said["remark"]) == (None, True, "x")
    sent = {"customer": firm.number, "kind": "owner", "party": other.customer.number, "since": "2020-01-01"}
    assert client.post(f"{BASE}/relations/", sent, format="json").status_code == 400


def test_relations_of_a_day_are_asked(firm, api, manager) -> None:
    CompanyRelationFactory(customer=firm, since=date(2020, 1, 1), until=date(2021, 1, 1))
    found = [
        len(api(manager).get(f"{BASE}/relations/?on={day}").json()["results"]) for day in ("2020-12-31", "2021-01-01")
    ]
    assert found == [1, 0]


def test_a_figure_is_told_and_told_anew(firm, api, manager) -> None:
    client = api(manager)
    CompanyFigureFactory(customer=firm, since=date(2024, 1, 1), value=Decimal(100))
    sent = {"customer": firm.number, "figure": "revenue", "period": "2025", "value": "70.5", "currency": "CNY"}
    made = client.post(f"{BASE}/figures/", sent, format="json")
    assert made.status_code == 201, made.json()
    said = made.json()
    assert (said["value"], said["before"], said["through"]) == ("70.50", "100", "2025-12-31")
    address = f"{BASE}/figures/{said['id']}/"
    back = client.patch(address, {"value": None}, format="json", headers={"If-Match": made["ETag"]})
    assert back.json()["value"] is None
    assert CompanyFigure.objects.get(pk=said["id"]).events.get().value == Decimal("70.5")
    assert client.post(f"{BASE}/figures/", sent | {"period": "2025-13"}, format="json").status_code == 400
    assert client.post(f"{BASE}/figures/", sent | {"currency": "yuan"}, format="json").status_code in (400, 409)


def test_alarms_are_asked(firm, api, manager) -> None:
    for year, value in ((2024, 100), (2025, 50)):
        CompanyFigureFactory(customer=firm, since=date(year, 1, 1), value=Decimal(value))
    rows = api(manager).get(f"{BASE}/figures/?is_alarming=true").json()["results"]
    assert [(row["period"], row["before"]) for row in rows] == [("2025", "100")]


def test_contact_data_are_answered_masked_and_revealed_with_a_reason(firm, api, manager, head) -> None:
    person = ContactPersonFactory(customer=firm)
    said = api(manager).get(f"{BASE}/contact-persons/{person.pk}/").json()
    assert (said["phone"], said["email"]) == ("139****5678", "w****@example.com")
    shown = api(head).post(f"{BASE}/contact-persons/{person.pk}/reveal/", {"field": "phone"}, format="json")
    assert shown.status_code == 409
    asked = {"field": "phone", "reason": "Annual review"}
    shown = api(head).post(f"{BASE}/contact-persons/{person.pk}/reveal/", asked, format="json")
    assert shown.json() == {"value": "+8613912345678"}
    assert Event.objects.get(action="contact.revealed").data["reason"] == "Annual review"
    sent = {"customer": firm.number, "name": "Li", "function": "CFO", "phone": "13900001111", "since": "2026-01-01"}
    assert api(manager).post(f"{BASE}/contact-persons/", sent, format="json").json()["phone"] == "139****1111"


def test_a_group_is_made_joined_limited_and_left(firm, api, manager) -> None:
    client = api(manager)
    second = CustomerFactory(company=True, manager=manager, branch=manager.branch)
    CreditLimitFactory(customer=second, amount=Decimal(40))
    sent = {"name": "Lake group", "customer": firm.number, "since": "2026-01-01"}
    made = client.post("/api/v1/groups/", sent, format="json")
    assert made.status_code == 201, made.json()
    address = f"/api/v1/groups/{made.json()['id']}/"
    client.post(f"{address}members/", {"customer": second.number, "since": "2026-02-01"}, format="json")
    said = client.post(
        f"{address}limit/", {"amount": "100", "currency": "CNY", "since": "2026-01-01"}, format="json"
    ).json()
    assert said["limit"] == {"amount": "100.00", "currency": "CNY", "since": "2026-01-01", "until": None}
    assert said["totals"] == {
        "limits": [{"currency": "CNY", "amount": "40.00"}], "used": [], "guarantees_given": [],
        "guarantees_received": [], "left": "100.00",
    }  # fmt: skip
    left = client.post(f"{address}leave/", {"customer": second.number, "until": "2026-03-01"}, format="json").json()
    assert [each["customer"] for each in left["members"]] == [firm.number]
    assert (
        client.post(f"{address}leave/", {"customer": firm.number, "until": "2026-03-01"}, format="json").status_code
        == 204
    )
    assert client.get(address).status_code == 404


def test_who_reaches_no_member_does_not_know_the_group(api, manager, auditor) -> None:
    group = GroupMemberFactory().group
    GroupLimitFactory(group=group)
    assert api(manager).get(f"/api/v1/groups/{group.pk}/").status_code == 404
    assert api(auditor).get(f"/api/v1/groups/{group.pk}/").json()["others"] == 0


def test_a_threshold_is_changed_with_a_reason(api, admin) -> None:
    rows = api(admin).get("/api/v1/figure-kinds/").json()["results"]
    kind = next(row for row in rows if row["code"] == "staff")
    address, read = f"/api/v1/figure-kinds/{kind['id']}/", {"If-Match": f'"{kind["version"]}"'}
    assert api(admin).patch(address, {"falls_by": "0.1"}, format="json", headers=read).status_code == 400
    said = api(admin).patch(address, {"falls_by": None, "reason": "Seasonal"}, format="json", headers=read).json()
    assert (said["falls_by"], said["rises_by"], said["version"]) == (None, "0.5000", 2)


def test_the_price_of_the_lists_is_recorded(firm, api, manager, queries) -> None:
    for _ in range(3):
        CompanyRelationFactory(customer=firm)
        GroupMemberFactory(customer=CustomerFactory(company=True, manager=manager))
    CompanyFigureFactory(customer=firm)
    client = api(manager)
    for name, address in (
        ("relations", f"{BASE}/relations/"),
        ("figures", f"{BASE}/figures/"),
        ("groups", "/api/v1/groups/"),
    ):
        with queries(f"api:company-{name}-list"):
            assert client.get(address).json()["results"]


def test_the_hidden_end_of_a_relation_is_not_found_by_its_number(firm, api, manager) -> None:
    far = CustomerFactory()
    CompanyRelationFactory(customer=firm, party=far, owner=True, outsider=None)
    mine = api(manager)
    (row,) = mine.get(f"{BASE}/relations/").json()["results"]
    assert row["is_hidden"] and row["party"] is None
    assert mine.get(f"{BASE}/relations/", {"party": far.number}).json()["results"] == []
    assert len(mine.get(f"{BASE}/relations/", {"customer": firm.number}).json()["results"]) == 1
