"""Policies by proposal: published as proposed, by nobody alone, and never otherwise once that has begun."""

import copy
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.models import Published, SchemeVersion, WaiverLine, WaiverPolicy
from segmentation.services.policies import apply_policy
from tests.factories import ProposalFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db
GOLD = {"code": "gold", "name": "Gold", "grace_months": 3,
        "when": {"field": "aum_month_average", "op": ">=", "value": "200000"}}  # fmt: skip
SCHEME = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly",
          "tiers": [{"code": "mass", "name": "Mass"}, GOLD]}  # fmt: skip
WAIVERS = {"ceiling": "0.50", "lines": [{"tier": "gold", "fee": "statement", "percent": "0.10"}]}
RAN = date(2026, 3, 31)


def a_night_ran(day: date) -> None:
    Published.objects.update_or_create(
        id=1, defaults={"business_date": day, "slot": 0, "run": RunFactory(business_date=day, ran=True)}
    )


def with_gold(**changed):
    return SCHEME | {"tiers": [SCHEME["tiers"][0], GOLD | changed]}


DEARER = with_gold(when={"field": "aum_month_average", "op": ">=", "value": "300000"})
MORE = {"ceiling": "0.50", "lines": [{"tier": "gold", "fee": "statement", "percent": "0.20", "cap_per_fee": "5.00"}]}


@pytest.fixture(autouse=True)
def bank(db):
    apply_policy(content={"effective_from": "2026-01-01", "tier_scheme": SCHEME, "waiver_policy": WAIVERS}, by="setup")
    a_night_ran(RAN)


@pytest.fixture
def proposed(admin):
    def proposed(content=DEARER, kind="tier_scheme", **more):
        content = copy.deepcopy(content)
        return propose(**{"kind": kind, "content": content, "title": "x", "reason": "y", "by": admin} | more)

    return proposed


def yes(made, by):
    return approve(proposal=made, content_hash=made.content_hash, by=by)


def test_an_approved_scheme_is_the_version_of_the_first_night_that_has_not_run(proposed, approver):
    made = proposed()
    assert made.base_version == "tier_scheme:person:1"
    yes(made, approver)
    version = SchemeVersion.objects.get(number=2)
    assert (version.content, version.effective_from, version.proposal) == (DEARER, date(2026, 4, 1), made)


def test_an_approved_waiver_policy_has_its_lines(proposed, approver):
    yes(proposed(MORE, "waiver_policy", effective_from=date(2026, 5, 1)), approver)
    policy = WaiverPolicy.objects.get(number=2)
    assert policy.effective_from == date(2026, 5, 1)
    assert [str(line.percent) for line in policy.lines.all()] == ["0.2000"]


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        ("tier_scheme", SCHEME | {"tiers": []}, "tier_scheme.tiers"),
        ("tier_scheme", with_gold(when={"field": "age", "op": ">", "value": 3}), "tier_scheme.tiers[1].when.field"),
        ("tier_scheme", SCHEME | {"colour": "red"}, "tier_scheme.colour"),
        ("tier_scheme", SCHEME, "content"),
        ("waiver_policy", {"lines": [WAIVERS["lines"][0] | {"percent": "0.60"}]}, "waiver_policy.lines[0].percent"),
        ("waiver_policy", {"lines": [WAIVERS["lines"][0] | {"tier": "lead"}]}, "waiver_policy.lines[0].tier"),
    ],
)
def test_what_is_wrong_is_refused_before_anybody_else_sees_it(kind, content, field, proposed):
    with pytest.raises(RuleBroken) as refusal:
        proposed(content, kind)
    assert refusal.value.field == field
    assert not Proposal.objects.exists()


def test_no_policy_takes_effect_on_a_night_that_has_run(proposed, approver):
    with pytest.raises(RuleBroken, match="have run"):
        proposed(effective_from=RAN)
    made = proposed(effective_from=date(2026, 4, 1))
    a_night_ran(date(2026, 4, 1))
    with pytest.raises(RuleBroken, match="have run"):
        yes(made, approver)
    assert SchemeVersion.objects.count() == 1 and Proposal.objects.get().is_open


def test_of_two_that_build_on_the_same_version_the_second_must_be_made_anew(proposed, approver):
    first, second = proposed(), proposed(with_gold(grace_months=6))
    yes(first, approver)
    with pytest.raises(RuleBroken, match="made anew"):
        yes(second, approver)
    assert second.status == "stale" and SchemeVersion.objects.count() == 2


def test_a_later_date_builds_on_what_holds_then(proposed, approver):
    yes(proposed(effective_from=date(2026, 5, 1)), approver)
    assert proposed(with_gold(grace_months=6), effective_from=date(2026, 4, 15)).base_version.endswith(":1")
    assert proposed(with_gold(grace_months=6), effective_from=date(2026, 6, 1)).base_version.endswith(":2")


def test_a_rollback_is_a_new_version_with_the_old_content(proposed, approver):
    yes(proposed(), approver)
    a_night_ran(date(2026, 4, 30))
    yes(proposed(SCHEME), approver)
    assert SchemeVersion.objects.get(number=3).content == SchemeVersion.objects.get(number=1).content


def test_after_the_first_proposal_no_file_is_applied_any_more(proposed, approver):
    made = proposed()
    apply_policy(content={"effective_from": "2026-06-01", "waiver_policy": MORE}, by="setup")
    yes(made, approver)
    with pytest.raises(RuleBroken, match="by proposal alone"):
        apply_policy(content={"effective_from": "2026-07-01", "waiver_policy": WAIVERS}, by="setup")


def version(proposal=None, **more):
    scheme = SchemeVersion.objects.first().scheme
    given = {"content": DEARER, "content_hash": digest(DEARER), "effective_from": date(2026, 9, 1), "number": 9} | more
    with transaction.atomic():
        SchemeVersion.objects.create(scheme=scheme, currency="CNY", measure="x", proposal=proposal, **given)


def decided(approver, **more):
    made = ProposalFactory(kind="tier_scheme", content=DEARER, **more)
    Proposal.objects.filter(pk=made.pk).update(status="approved", checker=approver, decided_at=timezone.now())
    return made


@pytest.mark.usefixtures("as_app_role")
def test_by_sql_too_a_version_needs_the_proposal_that_says_it(approver):
    refused = pytest.raises(DatabaseError, match="No approved proposal says this version")
    with refused:
        version(ProposalFactory(kind="tier_scheme", content=DEARER))
    with refused:
        version(ProposalFactory(kind="waiver_policy", content=DEARER))
    made = decided(approver)
    with refused:
        version(made, content=SCHEME)
    with refused:
        version(made, content_hash=digest(SCHEME))
    with refused:
        version(decided(approver, effective_from=date(2026, 10, 1)))
    with pytest.raises(DatabaseError, match="by proposal alone"):
        version()
    version(made)
    with pytest.raises(DatabaseError, match="proposal_id"):
        version(made, number=10, effective_from=date(2026, 9, 2))


@pytest.mark.usefixtures("as_app_role")
def test_by_sql_too_no_line_is_added_to_a_published_policy(proposed, approver):
    yes(proposed(MORE, "waiver_policy"), approver)
    for policy in WaiverPolicy.objects.all():
        line = {"policy": policy, "tier_code": "gold", "fee_code": "wire", "percent": "0.5"}
        with pytest.raises(DatabaseError, match="No line is added"), transaction.atomic():
            WaiverLine.objects.create(**line)
    for statement in ("UPDATE segmentation_waiverpolicy SET proposal_id = NULL", "DELETE FROM segmentation_waiverline"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def text(answer) -> str:
    return answer.content.decode()


def test_the_page_shows_the_change_against_the_version_it_builds_on(proposed, approver, signed_in):
    effect = {"movers": 1200, "waived_before": {"CNY": "10.00"}, "waived_after": {"CNY": "12.50"}}
    made = proposed(effect=effect)
    page = text(signed_in(approver).get(f"/proposals/{made.pk}/"))
    assert "Change against version 1" in page and "Gold: rule" in page
    assert "200,000.00 CNY" in page and "300,000.00 CNY" in page and "Gold: name" not in page
    assert "1,200 customers move; waived 12.50 CNY instead of 10.00 CNY." in page
    assert (str(made.amount), made.currency) == ("2.50", "CNY")


def test_any_two_versions_are_compared(proposed, approver, signed_in):
    yes(proposed(), approver)
    a_night_ran(date(2026, 4, 30))
    yes(proposed(with_gold(name="Gold plus", grace_months=6)), approver)
    first, _second, third = SchemeVersion.objects.order_by("number")
    browser = signed_in(approver)
    page = text(browser.get(f"/tiers/versions/{third.pk}/?against=1"))
    assert "Gold plus: months of grace" in page and "Gold plus: rule" not in page
    assert "Gold plus: rule" in text(browser.get(f"/tiers/versions/{third.pk}/"))
    assert "The first version" in text(browser.get(f"/tiers/versions/{first.pk}/"))
    for wrong in ("9", "x"):
        assert browser.get(f"/tiers/versions/{third.pk}/?against={wrong}").status_code == 404


def test_an_admin_proposes_an_older_version_again(proposed, approver, admin, signed_in):
    yes(proposed(MORE, "waiver_policy"), approver)
    a_night_ran(date(2026, 4, 30))
    first = WaiverPolicy.objects.get(number=1)
    assert "Propose this version again" in text(signed_in(admin).get(f"/waiver-policies/{first.pk}/"))
    answer = signed_in(admin).post(f"/waiver-policies/{first.pk}/again/", {"reason": "Too dear"})
    made = Proposal.objects.order_by("-pk").first()
    assert answer.url == f"/proposals/{made.pk}/" and made.content == WAIVERS
    yes(made, approver)
    assert WaiverPolicy.objects.get(number=3).content == WAIVERS


def test_a_program_proposes_a_scheme(api, admin):
    UserFactory(approver=True)
    body = {"kind": "tier_scheme", "title": "Dearer", "reason": "Costs", "content": DEARER,
            "effective_from": (RAN + timedelta(days=31)).isoformat()}  # fmt: skip
    answer = api(admin).post("/api/v1/proposals/", body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["base_version"] == "tier_scheme:person:1"
    wrong = api(admin).post("/api/v1/proposals/", body | {"content": SCHEME | {"tiers": []}})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (409, ["tier_scheme.tiers"])
