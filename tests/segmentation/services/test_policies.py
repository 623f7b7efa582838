import copy
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction

from crm.audit.models import Event
from crm.base import slots
from crm.base.errors import RuleBroken
from crm.jobs.models import Partition
from segmentation.models import Published, SchemeVersion, Tier, WaiverLine, WaiverPolicy
from segmentation.services.policies import BEGINNING, apply_policy
from segmentation.versions import scheme_versions_on, waiver_policy_on
from tests.factories import BalanceFactory, RunFactory

pytestmark = pytest.mark.django_db

POLICY = {
    "effective_from": "1993-01-01",
    "tier_scheme": {
        "customer_kind": "person",
        "currency": "CZK",
        "measure": "aum_month_average",
        "review": "monthly",
        "tiers": [
            {"code": "standard", "name": "Standard"},
            {
                "code": "silver",
                "name": "Silver",
                "when": {"field": "aum_month_average", "op": ">=", "value": "30000"},
                "grace_months": 3,
            },
        ],
    },
    "waiver_policy": {"ceiling": "0.50", "lines": [{"tier": "silver", "fee": "statement", "percent": "0.10"}]},
}


def policy(**changed: Any) -> dict:
    return copy.deepcopy({key: value for key, value in (POLICY | changed).items() if value is not None})


def with_line(**changed: Any) -> dict:
    return policy(waiver_policy={"lines": [POLICY["waiver_policy"]["lines"][0] | changed]})


def published(day: date) -> None:
    run = RunFactory(business_date=day)
    Published.objects.create(business_date=day, slot=0, run=run)


def test_a_policy_file_becomes_versions_tiers_and_lines() -> None:
    apply_policy(content=policy(), by="setup")

    version = scheme_versions_on(date(1993, 1, 1))["person"]
    assert (version.number, version.currency, version.content) == (1, "CZK", POLICY["tier_scheme"])
    assert list(Tier.objects.values_list("code", "rank")) == [("standard", 0), ("silver", 1)]
    waivers = waiver_policy_on(date(1994, 3, 31))
    assert waivers and waivers.ceiling == Decimal("0.50")
    assert list(waivers.lines.values_list("tier_code", "fee_code", "percent")) == [
        ("silver", "statement", Decimal("0.10"))
    ]
    assert scheme_versions_on(date(1992, 12, 31)) == {}
    assert waiver_policy_on(date(1992, 12, 31)) is None
    assert set(Event.objects.values_list("action", flat=True)) == {
        "scheme_version.published",
        "waiver_policy.published",
    }


def test_the_same_file_again_is_unchanged() -> None:
    first = apply_policy(content=policy(), by="setup")
    again = apply_policy(content=policy(), by="setup")

    assert [each.is_new for each in first] == [True, True]
    assert [each.is_new for each in again] == [False, False]
    assert (SchemeVersion.objects.count(), WaiverPolicy.objects.count()) == (1, 1)


def test_without_a_date_the_newest_version_that_says_the_same_stands() -> None:
    apply_policy(content=policy(), by="setup")
    published(date(1993, 1, 31))

    again = apply_policy(content=policy(effective_from=None), by="setup")

    assert [(each.is_new, each.effective_from) for each in again] == [(False, date(1993, 1, 1))] * 2


def test_default_date_is_the_first_that_has_not_run() -> None:
    published(date(1993, 1, 31))

    applied = apply_policy(content=policy(effective_from=None), by="setup", first_day=date(1993, 1, 1))

    assert {each.effective_from for each in applied} == {date(1993, 2, 1)}


def test_a_new_bank_begins_with_its_data_or_before_them() -> None:
    assert (
        apply_policy(content=policy(effective_from=None, waiver_policy=None), by="setup")[0].effective_from == BEGINNING
    )
    applied = apply_policy(
        content=policy(effective_from=None, tier_scheme=None), by="setup", first_day=date(1993, 1, 1)
    )
    assert applied[0].effective_from == date(1993, 1, 1)


def test_no_policy_takes_effect_on_a_date_that_has_run() -> None:
    published(date(1993, 1, 31))

    with pytest.raises(RuleBroken, match="1993-02-01 have run"):
        apply_policy(content=policy(effective_from="1993-01-31"), by="setup")
    assert SchemeVersion.objects.count() == 0


def test_no_policy_takes_effect_under_a_night_that_has_begun() -> None:
    run = RunFactory(running=True, business_date=date(1993, 1, 1))
    Partition.objects.create(run=run, number=0, low=0, high=1)

    with pytest.raises(RuleBroken, match="wait until it has ended"):
        apply_policy(content=policy(), by="setup")


def test_a_published_version_is_not_replaced() -> None:
    apply_policy(content=policy(), by="setup")

    with pytest.raises(RuleBroken, match="never change"):
        apply_policy(content=with_line(percent="0.20"), by="setup")
    with pytest.raises(InternalError), transaction.atomic():
        WaiverLine.objects.update(percent=1)


def test_a_later_version_follows() -> None:
    apply_policy(content=policy(), by="setup")
    changed = policy(effective_from="1993-02-01", waiver_policy=None)
    changed["tier_scheme"]["tiers"].append(
        {"code": "gold", "name": "Gold", "when": {"field": "balance", "op": ">", "value": "60000.00"}}
    )

    apply_policy(content=changed, by="setup")

    assert scheme_versions_on(date(1993, 1, 31))["person"].number == 1
    assert scheme_versions_on(date(1993, 2, 1))["person"].number == 2
    assert Tier.objects.get(code="gold").rank == 2


def test_after_a_persons_proposal_the_set_up_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_slots", {"policies.proposal_published": [slots._Entry(1, 0, lambda: True)]})

    with pytest.raises(RuleBroken, match="by proposal alone"):
        apply_policy(content=policy(), by="setup")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ([], "policy"),
        ({}, "policy"),
        (policy(tier_scheme=None, waiver_policy=None), "policy"),
        (policy(colour="red"), "policy.colour"),
        (policy(segments=[]), "segments"),
        (policy(slas=[]), "slas"),
        (policy(effective_from="1993"), "effective_from"),
        (policy(effective_from="1993-13-01"), "effective_from"),
        (policy(waiver_policy={}), "waiver_policy.lines"),
        (policy(waiver_policy={"ceiling": "1.5", "lines": []}), "waiver_policy.ceiling"),
        (with_line(tier="platinum"), "waiver_policy.lines[0].tier"),
        (with_line(percent="0.51"), "waiver_policy.lines[0].percent"),
        (with_line(percent=0.1), "waiver_policy.lines[0].percent"),
        (with_line(percent="10%"), "waiver_policy.lines[0].percent"),
        (with_line(cap_per_fee="-1"), "waiver_policy.lines[0].cap_per_fee"),
        (with_line(cap_per_month=5), "waiver_policy.lines[0].cap_per_month"),
        (with_line(currency="crowns"), "waiver_policy.lines[0].currency"),
        (with_line(note="x"), "waiver_policy.lines[0].note"),
        (with_line(when={"field": "age", "op": ">", "value": 60}), "waiver_policy.lines[0].when.field"),
        (policy(waiver_policy={"lines": POLICY["waiver_policy"]["lines"] * 2}), "waiver_policy.lines[1]"),
    ],
)
def test_a_wrong_policy_is_refused_with_its_path_and_changes_nothing(content: Any, field: str) -> None:
    with pytest.raises(RuleBroken) as caught, transaction.atomic():
        apply_policy(content=content, by="setup")

    assert caught.value.field == field
    assert not SchemeVersion.objects.exists() and not WaiverPolicy.objects.exists()


def test_a_raised_ceiling_allows_more() -> None:
    raised = {"ceiling": "0.80", "lines": [{"tier": "silver", "fee": "statement", "percent": "0.75"}]}

    apply_policy(content=policy(waiver_policy=raised), by="setup")

    assert WaiverLine.objects.get().percent == Decimal("0.75")


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(policy(effective_from=None)))
    BalanceFactory(on=date(1993, 1, 5))

    call_command("apply_policy", file, "--json")
    assert json.loads(capsys.readouterr().out) == {
        "tier_scheme": {"version": 1, "effective_from": "1993-01-05", "status": "published"},
        "waiver_policy": {"version": 1, "effective_from": "1993-01-05", "status": "published"},
    }
    call_command("apply_policy", file)
    assert "tier_scheme: unchanged, version 1" in capsys.readouterr().out


HUGE = {"field": "occupation", "op": "in", "value": ["x" * 2000] * 5000}
FALLING = policy()
FALLING["tier_scheme"]["tiers"].append(
    {"code": "gold", "name": "Gold", "when": {"field": "aum_month_average", "op": ">=", "value": "1"}}
)


@pytest.mark.parametrize(
    "text",
    [
        "{", json.dumps(policy(colour="red")), None, json.dumps(FALLING), json.dumps(with_line(when=HUGE)),
        *('{"tier_scheme": ' + '{"not":' * levels + "{}" + "}" * levels + "}" for levels in (100, 1_000, 100_000)),
    ],
    ids=["no JSON", "unknown key", "no file", "falling", "huge set", "deep", "deeper", "deepest"],
)  # fmt: skip
def test_wrong_use_of_the_command_ends_with_2(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "policy.json"
    if text is not None:
        file.write_text(text)

    with pytest.raises(CommandError) as caught:
        call_command("apply_policy", file)
    assert caught.value.returncode == 2
