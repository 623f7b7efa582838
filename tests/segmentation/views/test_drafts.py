"""A draft from the first line to the proposal."""

from datetime import date

import pytest
from django.urls import reverse

from crm.approvals.models import Proposal
from crm.audit.models import Event
from segmentation.drafts import form_of
from segmentation.models import PolicyDraft
from tests.factories import PolicyDraftFactory, UserFactory
from tests.segmentation.editor.test_forms import posted
from tests.segmentation.night.bank import policy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LINE = {"tier": "gold", "fee": "statement", "percent": "0.50"}


@pytest.fixture
def client(admin, signed_in):
    return signed_in(admin)


@pytest.fixture
def in_force():
    policy(("mass", None, 0), ("gold", "200000", 3), lines=[LINE])


def address(name: str, draft: PolicyDraft) -> str:
    return reverse(name, args=[draft.pk])


def typed(draft: PolicyDraft, **changed: str) -> dict:
    data = posted(form_of(draft))
    for name, value in changed.items():
        data[name.replace("_", "-") if name.startswith("tier") else name] = value
    data.setdefault("name", draft.name)
    return data


@pytest.mark.parametrize(("start", "key"), [("person", "tiers"), ("waivers", "lines")])
def test_a_draft_begins_with_what_is_in_force(client, admin, in_force, start, key):
    assert "from version 1" in client.get(reverse("draft_add")).content.decode()

    client.post(reverse("draft_add"), {"start": start})

    draft = PolicyDraft.objects.get(owner=admin)
    assert draft.base == 1 and draft.content[key][-1]
    assert Event.objects.filter(action="draft.begun").exists()
    assert "ready to propose" in client.get(address("draft", draft)).content.decode()


def test_a_draft_begins_with_nothing_where_there_is_nothing(client, admin):
    client.post(reverse("draft_add"), {"start": "company"})

    draft = PolicyDraft.objects.get(owner=admin)
    assert (draft.base, draft.content["customer_kind"]) == (0, "company")
    assert "currency code" in client.get(address("draft", draft)).content.decode()


def test_every_post_keeps_what_was_typed_right_or_wrong(client, admin):
    draft = PolicyDraftFactory(owner=admin)

    shown = client.post(address("draft_edit", draft), typed(draft, tier_1_code="Gold!", do="tier-add")).content.decode()
    draft.refresh_from_db()

    assert [tier.get("code") for tier in draft.content["tiers"]] == ["mass", "Gold!", None]
    assert "Small letters" not in shown.split('id="tier-1-code-help"')[1].split("</p>")[0]
    assert "things to put right" in shown and 'id="tier-2-when-0-value"' in shown


def test_the_browser_saves_by_itself(client, admin):
    draft = PolicyDraftFactory(owner=admin)
    answer = client.post(address("draft_edit", draft), typed(draft, tier_1_name="Golden", do="autosave"), headers=HTMX)

    draft.refresh_from_db()
    assert draft.content["tiers"][1]["name"] == "Golden"
    assert "saved" in answer.content.decode() and "<form" not in answer.content.decode()


def test_saving_and_reading_shows_the_ladder_in_words(client, admin):
    draft = PolicyDraftFactory(owner=admin)

    answer = client.post(address("draft_edit", draft), typed(draft, do="look"), follow=True)

    assert "Month average is at least 200,000.00 CNY" in answer.content.decode()


def test_a_draft_of_waivers_is_read_line_by_line(client, admin, in_force):
    draft = PolicyDraftFactory(owner=admin, waivers=True, content={"ceiling": "0.50", "lines": [LINE]})

    assert "50 %" in client.get(address("draft", draft)).content.decode()
    assert 'name="line-0-percent"' in client.get(address("draft_edit", draft)).content.decode()


def test_nobody_sees_or_changes_the_draft_of_another(client):
    theirs = PolicyDraftFactory(owner=UserFactory(admin=True))

    for name in ("draft", "draft_edit", "draft_propose"):
        assert client.get(address(name, theirs)).status_code == 404
    assert client.post(address("draft_drop", theirs)).status_code == 404
    assert theirs.name not in client.get(reverse("drafts")).content.decode().split("<main")[1].split("Tiers</a>")[0]


def test_a_draft_is_thrown_away(client, admin):
    draft = PolicyDraftFactory(owner=admin)
    client.post(address("draft_drop", draft))

    assert not PolicyDraft.objects.exists() and Event.objects.filter(action="draft.dropped").exists()


def test_a_draft_that_is_right_is_proposed_whole(client, admin):
    draft = PolicyDraftFactory(owner=admin)
    wish = {"title": "Gold", "reason": "Growth", "effective_from": "2030-01-01"}

    answer = client.post(address("draft_propose", draft), wish)

    assert answer.status_code == 302, answer.content.decode()[answer.content.decode().find("alert-danger") :][:900]
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == reverse("proposal", args=[proposal.pk])
    assert (proposal.kind, proposal.content, proposal.effective_from) == (
        "tier_scheme",
        draft.content,
        date(2030, 1, 1),
    )
    assert address("draft_propose", draft) in client.get(address("draft", draft)).content.decode()


def test_a_draft_that_is_wrong_can_not_be_proposed(client, admin):
    draft = PolicyDraftFactory(owner=admin, content={"tiers": []})

    answer = client.post(address("draft_propose", draft), {"title": "Gold", "reason": "Growth"})

    assert answer.status_code == 422 and not Proposal.objects.exists()
    assert address("draft_propose", draft) not in client.get(address("draft", draft)).content.decode()
