"""Uses: within the quota whoever records them, undone within the day, never changed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from crm.base.errors import RuleBroken
from segmentation.models import EntitlementUse, Origin
from segmentation.standards.entitlements import entitlements_of
from segmentation.standards.uses import record_use, undo_use
from tests.at_once import at_once
from tests.factories import CustomerFactory, UserFactory
from tests.segmentation.standards.bank import DAY, LOUNGE, NOON, benefit, grant, household, line, spend, stand, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(db):
    use(line("gold", quota=2))
    customer = CustomerFactory()
    stand(customer, "gold")
    return customer


def left(customer, on: date = DAY) -> int:
    found = entitlements_of(customer, on).of(benefit())
    return found.best.left


def test_the_last_one_of_a_period_is_given_and_the_next_one_is_refused_with_a_sentence(ann):
    spend(ann, 2)

    with pytest.raises(
        RuleBroken, match=r"“Lounge” is used up: 2 used, 2 times a month\. The next period begins on 1 Apr"
    ):
        spend(ann)
    assert EntitlementUse.objects.count() == 2


def test_a_use_keeps_whose_right_it_was_and_how_often_it_could_be_used(ann):
    (mine,) = spend(ann)

    assert (mine.owner, mine.origin, mine.quota, mine.tier.code) == (ann, Origin.TIER, 2, "gold")
    assert (mine.period_start, mine.period_end, mine.counts) == (date(2026, 3, 1), date(2026, 4, 1), 1)


def test_members_of_a_household_use_up_one_quota(ann):
    use(line("platinum", quota=3, shared=True), start=date(2026, 2, 1))
    rich = CustomerFactory()
    stand(rich, "platinum")
    household(rich, ann)

    spend(ann, 2), spend(rich)

    for customer in (ann, rich):
        with pytest.raises(RuleBroken, match="used up"):
            spend(customer)
    assert set(EntitlementUse.objects.values_list("owner", flat=True)) == {rich.pk}


def test_who_is_not_entitled_uses_nothing(ann):
    bob = CustomerFactory()
    stand(bob, "mass")
    with pytest.raises(RuleBroken, match="not entitled to “Lounge”") as refused:
        spend(bob)
    assert refused.value.field == "benefit"


@pytest.mark.parametrize(("days", "sentence"), [(1, "in the future"), (-32, "within 31 days")])
def test_a_use_is_of_today_or_of_the_last_days(ann, days, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        spend(ann, on=DAY + timedelta(days=days))


def test_a_benefit_of_one_channel_is_given_there_alone(ann):
    use(line("gold", quota=2), start=date(2026, 2, 1), benefits=[LOUNGE | {"channel": "phone"}])
    with pytest.raises(RuleBroken, match="one channel alone: Phone"):
        spend(ann)


def test_a_use_is_undone_on_its_day_by_a_row_of_its_own(ann):
    first, _second = spend(ann, 2)

    undone = undo_use(use=first, reason="Wrong customer", by=first.by, as_of=NOON)

    assert (undone.reverses, undone.counts, undone.note, left(ann)) == (first, -1, "Wrong customer", 1)
    spend(ann)
    assert EntitlementUse.objects.count() == 4


@pytest.mark.parametrize(("which", "later", "sentence"), [
    ("use", timedelta(days=1), "on the day on which it was recorded"), ("undone", timedelta(0), "undone already"),
    ("reversal", timedelta(0), "What undoes a use is not undone"),
])  # fmt: skip
def test_what_is_undone_late_twice_or_twice_over_is_refused(ann, which, later, sentence):
    (first,) = spend(ann)
    target = first
    if which != "use":
        undone = undo_use(use=first, reason="-", by=first.by, as_of=NOON)
        target = undone if which == "reversal" else first
    with pytest.raises(RuleBroken, match=sentence):
        undo_use(use=target, reason="-", by=first.by, as_of=NOON + later)


def row(ann, **changed) -> EntitlementUse:
    said = {
        "customer": ann, "owner": ann, "benefit": benefit(), "used_on": DAY, "channel": "branch", "origin": "tier",
        "quota": 2, "period_start": date(2026, 3, 1), "period_end": date(2026, 4, 1), "by": UserFactory(), "recorded_at": NOON,
    }  # fmt: skip
    return EntitlementUse(**said | changed)


def test_the_database_keeps_the_quota_and_the_reversal_by_itself(ann):
    (first, _second) = spend(ann, 2)

    with pytest.raises(IntegrityError, match="used up"), transaction.atomic():
        row(ann).save()
    with pytest.raises(IntegrityError, match="just the use that it names"), transaction.atomic():
        row(ann, reverses=first, counts=-1, used_on=DAY - timedelta(days=1)).save()
    with pytest.raises(IntegrityError, match="use_counts_once"), transaction.atomic():
        row(ann, reverses=first, counts=1).save()
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        EntitlementUse.objects.filter(pk=first.pk).update(used_on=DAY)


def test_another_period_is_another_quota_and_a_grant_of_a_year_counts_all_of_it(ann):
    spend(ann, 2, on=date(2026, 2, 20))
    assert left(ann) == 2
    grant(ann, quota=4, per="year")
    assert left(ann) == 2

    spend(ann, 2)

    with pytest.raises(RuleBroken, match="used up"):
        spend(ann)


@pytest.mark.django_db(transaction=True)
def test_two_tellers_at_once_give_the_last_one_once(ann):
    spend(ann)
    tellers = [UserFactory(teller=True) for _n in range(4)]
    lounge = benefit()

    wrong = at_once([
        lambda by=by: record_use(customer=ann, benefit=lounge, used_on=DAY, channel="branch", by=by, as_of=NOON)
        for by in tellers
    ])  # fmt: skip

    assert len(wrong) == 3 and all(isinstance(each, RuleBroken) for each in wrong)
    assert EntitlementUse.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_members_at_once_give_the_last_one_of_their_household_once(db):
    use(line("platinum", quota=1, shared=True))
    rich, poor = CustomerFactory(), CustomerFactory()
    stand(rich, "platinum"), stand(poor, "mass")
    household(rich, poor)
    by, lounge = UserFactory(teller=True), benefit()

    wrong = at_once([
        lambda customer=customer: record_use(
            customer=customer, benefit=lounge, used_on=DAY, channel="branch", by=by, as_of=NOON
        )
        for customer in (rich, poor, rich, poor)
    ])  # fmt: skip

    assert len(wrong) == 3 and all(isinstance(each, RuleBroken) for each in wrong)
    assert EntitlementUse.objects.get().owner == rich
