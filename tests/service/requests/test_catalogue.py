"""Forms of the catalogue: what they may hold, that they change under four eyes, and on which day each is executed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from service.models import RequestForm
from service.requests.catalogue import catalogue_on, form_on, offered_on
from service.requests.definition import Form
from service.requests.proposals import changes
from service.requests.standard import STANDARD
from service.requests.timing import executed_on
from tests.factories.service_requests import PLAIN, RequestFormFactory

pytestmark = pytest.mark.django_db
DAY, BEIJING = date(2026, 3, 10), ZoneInfo("Asia/Shanghai")
FIELD = {"code": "wish", "label": "Wish", "type": "text"}


def fields(*said: dict) -> dict:
    return {"fields": [FIELD | each for each in said]}


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"more": 1}, "more"),
        ({"code": "Not a code"}, "code"),
        ({"identity": "passport"}, "identity"),
        ({"cut_off": "25:00"}, "cut_off"),
        ({"holidays": "XX"}, "holidays"),
        ({"fields": []}, "fields"),
        ({"is_suited": True}, "is_suited"),
        (fields({}, {}), "fields[1].code"),
        (fields({"code": "document"}), "fields[0].code"),
        (fields({"type": "money"}), "fields[0].type"),
        (fields({"type": "choice"}), "fields[0].choices"),
        (fields({"type": "choice", "choices": [""]}), "fields[0].choices[0]"),
        (fields({"choices": ["a"]}), "fields[0].choices"),
        (fields({"type": "amount", "currencies": ["Yuan"]}), "fields[0].currencies[0]"),
        (fields({"type": "product", "families": ["shoes"]}), "fields[0].families[0]"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(said, path) -> None:
    with pytest.raises(RuleBroken) as refused:
        Form.parse(PLAIN | said)
    assert refused.value.field == f"request_form.{path}"


def test_a_bank_begins_with_ten_forms_each_readable() -> None:
    assert len(offered_on(DAY)) == 10 and all(Form.parse(content).name for content in STANDARD)


def test_a_version_takes_the_place_of_the_standard_form_from_its_day_and_a_retired_one_is_not_offered() -> None:
    standard = next(each for each in STANDARD if each["code"] == "limits")
    RequestFormFactory(content=standard | {"name": "Daily limits"}, effective_from=DAY, number=1)
    assert [form_on("limits", day).name for day in (date(2026, 3, 9), DAY)] == ["Payment limits", "Daily limits"]
    RequestFormFactory(content=standard | {"is_retired": True}, effective_from=DAY, number=2)
    with pytest.raises(RuleBroken, match="no such form"):
        form_on("limits", DAY)
    assert catalogue_on(DAY)["limits"].form.is_retired


def test_a_form_needs_somebody_else_and_never_changes(admin, approver) -> None:
    said = {"title": "Wish", "reason": "Asked for"}
    proposal = propose(kind="request_form", content=PLAIN, by=admin, **said)
    with pytest.raises(RuleBroken, match="what they proposed"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    version = RequestForm.objects.get()
    assert (version.proposal, version.number) == (proposal, 1)
    with pytest.raises(RuleBroken, match="in force already"):
        propose(kind="request_form", content=PLAIN, by=admin, **said)
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestForm.objects.filter(pk=version.pk).update(content={})
    with pytest.raises(DatabaseError, match="proposal alone"), transaction.atomic():
        RequestFormFactory(content=PLAIN | {"name": "Mine"}, number=2)


def test_the_first_version_is_compared_with_the_standard_form() -> None:
    standard = next(each for each in STANDARD if each["code"] == "remittance")
    told = changes(None, standard | {"cut_off": "14:00"})
    assert [(each.what, "14:00" in each.after) for each in told] == [("Executed", True)]


@pytest.mark.parametrize(
    ("said", "at", "day"),
    [
        ({}, "2026-03-07 23:59", "2026-03-07"),
        ({"holidays": "CN"}, "2026-03-07 09:00", "2026-03-09"),
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-03-10 16:29", "2026-03-10"),
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-03-10 16:30", "2026-03-11"),
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-03-13 17:00", "2026-03-16"),
        # a weekend that makes up for the new year works, and so does its first day after it
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-02-14 17:00", "2026-02-24"),
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-02-14 12:00", "2026-02-14"),
        # past the cut-off of a day off nothing is later than on its morning
        ({"holidays": "CN", "cut_off": "16:30"}, "2026-03-07 20:00", "2026-03-09"),
        ({"cut_off": "16:30"}, "2028-02-28 18:00", "2028-02-29"),
    ],
)
def test_the_cut_off_and_the_days_off_say_the_day(said, at, day) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BEIJING)
    assert executed_on(Form.parse(PLAIN | said), moment) == date.fromisoformat(day)


def test_an_admin_writes_a_form_that_loses_nothing_and_another_approves(admin, signed_in) -> None:
    browser = signed_in(admin)
    typed = {
        "form-code": "gift_card", "form-name": "Gift card", "form-identity": "document", "form-is_checked": "on",
        "field-0-here": "1", "field-0-code": "design", "field-0-label": "Design", "field-0-type": "choice",
        "field-0-words": "Red packet; Plain", "field-0-is_optional": "on", "field-1-here": "1", "field-1-type": "amount", "reason": "Asked for",
    }  # fmt: skip
    refused = browser.post("/request-forms/add/", typed | {"do": "propose"})
    assert refused.status_code == 422 and "Red packet; Plain" in refused.text and 'href="#field-1"' in refused.text
    assert not Proposal.objects.exists()
    kept = browser.post("/request-forms/add/", typed | {"do": "field-remove:1"})
    assert kept.status_code == 200 and "Gift card" in kept.text and "field-1-here" not in kept.text
    browser.post(
        "/request-forms/add/", {key: value for key, value in typed.items() if "-1-" not in key} | {"do": "propose"}
    )
    field = {
        "code": "design",
        "label": "Design",
        "type": "choice",
        "choices": ["Red packet", "Plain"],
        "is_optional": True,
    }
    content = Proposal.objects.get().content
    assert content["fields"] == [field] and content["is_checked"] is True
    assert "A change waits for approval" in browser.get("/request-forms/").text
    same = browser.get("/request-forms/fund_order/propose/").text
    assert 'value="Buy; Redeem"' in same and 'value="fund"' in same
