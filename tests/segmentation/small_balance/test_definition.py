"""The small-balance fee in a policy: what it may hold, who may write what, and its words, by file, page and REST."""

import copy
from datetime import date

import pytest

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from segmentation.differences import waiver_changes
from segmentation.editor import WaiverForm
from segmentation.models import WaiverPolicy
from segmentation.policies import Policy
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, ExchangeRateFactory, PolicyDraftFactory, TierFactory

pytestmark = pytest.mark.django_db
PART = {
    "fee": "small",
    "floor": "300.00",
    "currency": "CNY",
    "new_months": 3,
    "tiers_from": "gold",
    "exempt": ["payroll"],
}
WRONG = [
    ({"floor": 300}, "floor", "an amount as a string above zero"),
    ({"floor": "0"}, "floor", "an amount as a string above zero"),
    ({"floor": "-1"}, "floor", "an amount as a string above zero"),
    ({"floor": "300.001"}, "floor", "more digits than CNY"),
    ({"currency": "Yuan"}, "currency", "a currency code"),
    ({"fee": ""}, "fee", "a text of 1 to 32"),
    ({"exempt": []}, "exempt", "a list of those who do not pay"),
    ({"exempt": "payroll"}, "exempt", "a list of those who do not pay"),
    ({"exempt": ["payroll", "friends"]}, "exempt[1]", "this is one of named_account"),
    ({"exempt": ["payroll", "payroll"]}, "exempt[1]", "stands here twice"),
    ({"exempt": ["new_account"], "new_months": 0}, "new_months", "from 1 to 24"),
    ({"exempt": ["new_account"], "new_months": True}, "new_months", "from 1 to 24"),
    ({"tiers_from": ""}, "tiers_from", "a text of 1 to 32"),
    ({"colour": "red"}, "colour", "this key is unknown here"),
]


def content(**part) -> dict:
    return {"ceiling": "0.50", "lines": [], "small_balance": PART | part}


@pytest.mark.parametrize(("part", "key", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_its_place(part, key, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        Policy.parse({"waiver_policy": content(**part)})
    assert refused.value.field == f"waiver_policy.small_balance.{key}"


def test_months_are_asked_only_where_new_accounts_are_exempt():
    part = {key: value for key, value in PART.items() if key != "new_months"}
    parsed = Policy.parse({"waiver_policy": content() | {"small_balance": part}})
    assert parsed.small_balance and parsed.small_balance.new_months == 0
    with pytest.raises(RuleBroken, match="from 1 to 24"):
        Policy.parse({"waiver_policy": content() | {"small_balance": part | {"exempt": ["new_account"]}}})


@pytest.mark.parametrize(("wrong", "path", "sentence"), [
    ({"tiers_from": "lead"}, "small_balance.tiers_from", "no scheme has a tier “lead”"),
    ({"currency": "XXX"}, "small_balance.currency", "no account is in XXX, and it has no exchange rate"),
])  # fmt: skip
def test_file_proposal_and_page_refuse_what_the_bank_does_not_know(wrong, path, sentence, admin, signed_in, api):
    """A fee in a currency without a rate among it; nothing of it stays."""
    AccountFactory()
    TierFactory(gold=True)
    bad = content(**wrong)

    with pytest.raises(RuleBroken, match=sentence) as refused:
        apply_policy(content={"effective_from": "2026-05-01", "waiver_policy": bad}, by=admin)
    assert refused.value.field == f"waiver_policy.{path}"
    asked = {"kind": "waiver_policy", "content": bad, "title": "-", "reason": "-"}
    answer = api(admin).post("/api/v1/proposals/", asked, format="json")
    assert answer.status_code == 409 and sentence in answer.content.decode()
    draft = PolicyDraftFactory(owner=admin, kind="waiver_policy", content=bad)
    page = signed_in(admin).get(f"/drafts/{draft.pk}/edit/").content.decode()
    assert sentence[1:] in page
    assert not WaiverPolicy.objects.exists() and not Proposal.objects.exists()


def test_a_line_whose_caps_are_in_a_currency_without_a_rate_is_refused(admin):
    AccountFactory()
    TierFactory(gold=True)
    line = {"tier": "gold", "fee": "statement", "percent": "0.10", "cap_per_fee": "4.00", "currency": "XXX"}
    policy = {"effective_from": "2026-05-01", "waiver_policy": {"lines": [line]}}

    with pytest.raises(RuleBroken, match="no exchange rate") as refused:
        apply_policy(content=policy, by=admin)
    assert refused.value.field == "waiver_policy.lines[0].currency"

    ExchangeRateFactory(currency="XXX", on=date(2026, 1, 1), rate=2)
    assert apply_policy(content=policy, by=admin)[0].is_new


def test_every_difference_is_said_in_words():
    TierFactory(gold=True)
    after = content(floor="500.00", exempt=["payroll", "floor"], new_months=6)
    said = {change.what: (change.before, change.after) for change in waiver_changes(content(), after)}
    assert said["Small-balance fee: floor"] == (
        "a quarter's average of 300.00 CNY",
        "a quarter's average of 500.00 CNY",
    )
    before, now = said["Small-balance fee: not paid by"]
    assert before == "tiers from Gold on; accounts into which salary is paid"
    assert now == f"{before}; accounts whose average is not under the floor"
    assert set(said) == {"Small-balance fee: floor", "Small-balance fee: not paid by"}


def test_the_editor_keeps_the_part_and_says_what_is_wrong_beside_it():
    assert WaiverForm(content()).content == content()
    wrong = WaiverForm(content(floor="much"))
    place = {each.name: each.wrong for each in wrong.head_inputs}
    assert "above zero" in place["policy-small_balance-floor"]
    ticked = {each.name: each for each in WaiverForm(content()).head_inputs}["policy-small_balance-exempt"]
    assert ticked.chosen == ["payroll"] and "floor" in dict(ticked.boxes)


def test_a_policy_shows_its_part_on_its_page_and_over_rest(admin, signed_in, api):
    TierFactory(gold=True)
    apply_policy(content={"effective_from": "2026-01-01", "waiver_policy": content()}, by=admin)

    page = signed_in(admin).get("/waiver-policies/").content.decode()
    answer = api(admin).get("/api/v1/waiver-policies/").json()["results"][0]

    assert "accounts into which salary is paid" in page and "the ceiling holds discounts" in page
    assert answer["small_balance"] == PART


def test_the_published_part_is_a_copy_of_what_was_approved(admin):
    TierFactory(gold=True)
    written = content()
    apply_policy(content={"effective_from": "2026-01-01", "waiver_policy": copy.deepcopy(written)}, by=admin)
    assert WaiverPolicy.objects.get().content == written
