"""From a proposal over somebody else's yes to the months that are reckoned with it."""

from datetime import date

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from crm.approvals.services import approve, propose
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.models import ValueVersion
from segmentation.services.policies import apply_policy
from segmentation.value.versions import version_of
from tests.segmentation.night.bank import JANUARY
from tests.segmentation.value.bank import VALUE, close, use, worked_example

pytestmark = pytest.mark.django_db(transaction=True)
DEARER = VALUE | {"costs": [{"channel": "branch", "cost": "50.00"}, {"cost": "0.00"}]}
MARCH = date(2026, 3, 1)


@pytest.fixture
def bank(db):
    use()
    return worked_example()


def proposed(admin, content=DEARER, **more):
    return propose(kind="value", content=content, title="Dearer visits", reason="The rent has risen", by=admin, **more)


def test_a_proposal_says_what_the_last_month_would_have_brought_in(bank, admin):
    close(JANUARY)
    proposal = proposed(admin)
    assert proposal.effect == {
        "customers": 1,
        "unknown": 0,
        "value_before": {"CNY": "827.47"},
        "value_after": {"CNY": "812.47"},
        "data_date": "2026-01-31",
    }
    assert proposal.what.sentences(proposal) == (
        "Value assumptions, from the next night on: Costs of activities: Branch, always.",
        "The month of January 2026 would have brought in 812.47 CNY instead of 827.47 CNY.",
    )


def test_what_is_approved_holds_from_its_month_on_and_the_past_keeps_its_rates(bank, admin, approver):
    close(JANUARY)
    proposal = proposed(admin, effective_from=date(2026, 3, 31))
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    february = date(2026, 2, 1)
    assert [version_of(month).number for month in (JANUARY, february, MARCH)] == [1, 1, 2]


def test_the_maker_is_never_the_checker(bank, admin):
    proposal = proposed(admin)
    with pytest.raises(RuleBroken):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=admin)


def test_a_hole_in_time_is_refused_when_it_is_proposed(bank, admin):
    row = {"product": "saving", "customer_rate": "0.01", "transfer_rate": "0.02", "until": "2026-02-01"}
    with pytest.raises(RuleBroken) as refused:
        proposed(admin, VALUE | {"rates": [row]})
    assert refused.value.field == "value.rates[0].until"
    assert ValueVersion.objects.count() == 1


def test_the_same_again_is_refused(bank, admin):
    with pytest.raises(RuleBroken, match="in force already"):
        proposed(admin, VALUE)


def test_a_version_never_changes(bank):
    with pytest.raises(InternalError), transaction.atomic():
        ValueVersion.objects.update(number=7)
    with pytest.raises(InternalError), transaction.atomic():
        ValueVersion.objects.all().delete()


def test_after_the_first_approved_proposal_only_proposals_change_them(bank, admin, approver):
    proposal = proposed(admin)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    with pytest.raises(RuleBroken, match="by proposal alone"):
        apply_policy(content={"value": VALUE}, by=admin)
    with pytest.raises(IntegrityError, match="by proposal alone"), transaction.atomic():
        ValueVersion.objects.create(
            number=9, effective_from=date(2027, 1, 1), content=VALUE, content_hash=digest(VALUE)
        )
