from datetime import date

import pytest

from crm.audit.models import Event
from segmentation.models import Published
from tests.factories import RunFactory, TierDecisionFactory, TierPeriodFactory


@pytest.fixture
def decided(own):
    run = RunFactory()
    TierPeriodFactory(customer=own.customer, since=date(2026, 1, 1))
    TierDecisionFactory(customer=own.customer, run=run)
    Published.objects.create(business_date=run.business_date, slot=0, run=run)
    return own.customer


def test_the_tier_is_told_with_its_reason(decided, api, manager):
    said = api(manager).get(f"/api/v1/customers/{decided.pk}/tier/").json()
    assert (said["tier"], said["since"], said["scheme_version"], said["grace"]) == ("mass", "2026-01-01", 1, None)
    assert said["predicates"] == [
        {"field": "aum_month_average", "op": ">=", "threshold": "200000", "value": "150000.00", "met": False}
    ]
    assert said["next"][0]["tier"] == "gold"


def test_before_the_first_decision_there_is_no_tier(decided, api, manager):
    url = f"/api/v1/customers/{decided.pk}/tier/"
    assert api(manager).get(url, {"on": "2025-12-31"}).status_code == 404
    assert api(manager).get(url, {"on": "yesterday"}).json()["errors"]["on"]


def test_decisions_are_those_of_published_runs_newest_first(decided, api, manager):
    later = TierDecisionFactory(customer=decided, run=RunFactory(business_date=date(2026, 4, 30)))
    TierDecisionFactory(customer=decided, run=RunFactory(business_date=date(2026, 5, 31), waiting=True))
    rows = api(manager).get(f"/api/v1/customers/{decided.pk}/decisions/").json()["results"]
    assert [row["business_date"] for row in rows] == ["2026-04-30", "2026-03-31"]
    assert rows[0]["id"] == later.pk


@pytest.mark.parametrize("what", ["tier", "decisions", "timeline"])
def test_each_look_is_recorded(what, decided, api, manager):
    assert api(manager).get(f"/api/v1/customers/{decided.pk}/{what}/").status_code == 200
    assert Event.objects.get(kind="read").data["what"] == f"customers.{what}"


def test_the_timeline_goes_on_where_the_page_ended(own, api, manager):
    answer = api(manager).get(f"/api/v1/customers/{own.customer.pk}/timeline/", {"page_size": 1}).json()
    assert [item["kind"] for item in answer["results"]] == ["interaction"]
    assert answer["previous"] is None


def test_customers_are_found_by_their_tier_as_on_the_page(decided, other, api, auditor):
    program = api(auditor)
    found = program.get("/api/v1/customers/", {"tier": "mass"}).json()
    assert [row["number"] for row in found["results"]] == ["1001"]
    assert program.get("/api/v1/customers/", {"tier": "golden"}).json()["errors"]["tier"]
