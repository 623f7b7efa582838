"""The complaint rules: regimes of the bank's own, causes, remedies and letters, under four eyes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from service.complaints.definition import Rules
from service.complaints.versions import STANDARD, pack_on
from service.models import Complaint, ComplaintRules
from tests.service.complaints.test_complaints import NOW, complained

OWN = {"code": "sg", "name": "Singapore", "zone": "Asia/Singapore", "holidays": "SG"}
STAGE = {"regime": "sg", "code": "answer", "days": 20, "unit": "business"}
LETTERS = STANDARD["letters"]
SINGAPORE = STANDARD | {"regimes": [OWN], "stages": [STAGE]}


@pytest.mark.parametrize(
    ("said", "path", "words"),
    [
        ({"regimes": [OWN]}, "regimes[0].stages", "at least one stage"),
        ({"regimes": [OWN], "stages": [STAGE | {"needs": ["complex"]}]}, "regimes[0].stages[0].needs", "needs nothing"),
        ({"regimes": [OWN], "stages": [STAGE | {"days": 0}]}, "stages[0].days", "whole number"),
        ({"regimes": [OWN], "stages": [STAGE | {"pauses": True}]}, "stages[0].pauses", "unknown"),
        ({"stages": [STAGE]}, "stages[0].regime", "one of"),
        ({"regimes": [OWN | {"code": "cn"}], "stages": [STAGE | {"regime": "cn"}]}, "regimes[0].code", "twice"),
        ({"causes": []}, "causes", "at least one"),
        ({"causes": STANDARD["causes"] * 2}, f"causes[{len(STANDARD['causes'])}].code", "twice"),
        ({"remedies": [{"code": "a", "name": "A", "name_zh": ""}]}, "remedies[0].name_zh", "1 to 80"),
        ({"letters": LETTERS[1:]}, "letters", "one letter of each kind"),
        ({"letters": [*LETTERS, LETTERS[0]]}, "letters", "one letter of each kind"),
        ({"letters": [LETTERS[0] | {"body": "Dear {name}"}, *LETTERS[1:]]}, "letters[0].body", "in braces"),
        ({"letters": [LETTERS[0] | {"body": "Dear {customer.pk}"}, *LETTERS[1:]]}, "letters[0].body", "in braces"),
        ({"letters": [LETTERS[0] | {"body": "Dear {"}, *LETTERS[1:]]}, "letters[0].body", "in braces"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(said, path, words) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        Rules.parse(STANDARD | said)
    assert refused.value.field == f"complaint_rules.{path}"


@pytest.mark.django_db
def test_a_regime_of_the_banks_own_takes_somebody_else_and_holds_for_new_complaints(own, teller, admin, approver):
    with pytest.raises(RuleBroken, match="no such regime"):
        complained(own, teller, regime="sg")
    proposal = propose(kind="complaint_rules", content=SINGAPORE, title="Singapore", reason="A branch", by=admin)
    with pytest.raises(RuleBroken, match="what they proposed"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    version = ComplaintRules.objects.get()
    assert pack_on("sg", version.effective_from)["stages"][0]["days"] == 20
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplaintRules.objects.update(content=STANDARD)
    with pytest.raises(DatabaseError, match="proposal alone"), transaction.atomic():
        ComplaintRules.objects.create(number=2, effective_from=date(2026, 1, 1), content=STANDARD, content_hash="x")


@pytest.mark.django_db
def test_another_version_changes_no_complaint_that_was_received_before(own, teller):
    version = {"number": 1, "effective_from": NOW.date(), "content_hash": "1"}
    ComplaintRules.objects.create(content=SINGAPORE, **version)
    first = complained(own, teller, regime="sg")
    longer = SINGAPORE | {"stages": [STAGE | {"days": 30}]}
    ComplaintRules.objects.create(content=longer, **version | {"number": 2, "content_hash": "2"})
    second = complained(own, teller, regime="sg")
    first = Complaint.objects.get(pk=first.pk)
    assert (first.due_on, second.due_on) == (date(2026, 3, 12), date(2026, 3, 26))
    assert (first.regime_said, str(first.stage)) == ("Singapore", "answer")


@pytest.mark.django_db
def test_an_admin_writes_them_in_a_form_that_loses_nothing(admin, signed_in, queries) -> None:
    browser, typed = signed_in(admin), {"reason": "Because"}
    for group, lines in (SINGAPORE | {"stages": []}).items():
        word = {"causes": "cause", "remedies": "remedy"}.get(group, group[:-1])
        for number, line in enumerate(lines):
            typed |= {f"{word}-{number}-here": "1"} | {f"{word}-{number}-{key}": value for key, value in line.items()}
    refused = browser.post("/complaint-rules/propose/", typed | {"do": "propose"})
    assert refused.status_code == 422 and "at least one stage" in refused.text and "Because" in refused.text
    assert 'href="#regime-0"' in refused.text and not Proposal.objects.exists()
    stage = {f"stage-0-{key}": value for key, value in (STAGE | {"here": "1"}).items()}
    browser.post("/complaint-rules/propose/", typed | stage | {"do": "propose"})
    proposal = Proposal.objects.get()
    assert proposal.content["letters"] == LETTERS and proposal.content["stages"] == [STAGE]
    with queries("complaint rules"):
        page = browser.get("/complaint-rules/").text
    assert "A change waits for approval" in page and "15 calendar days" in page
    assert "Singapore" in browser.get(f"/proposals/{proposal.pk}/").text
