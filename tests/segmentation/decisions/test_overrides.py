from datetime import date

import pytest

from segmentation.decisions.overrides import newest, one
from segmentation.models import TierOverride
from tests.factories import TierOverrideFactory

pytestmark = pytest.mark.django_db


def test_an_override_is_told_from_its_first_to_its_last_day(own, manager):
    override = TierOverrideFactory(customer=own.customer)

    (told,) = newest(own.customer, manager, None, 5)

    assert told.sentence == "At least Gold by an override, from 1 January 2026 until 31 December 2026."
    assert (told.on, told.reason, told.by) == (date(2026, 1, 1), override.reason, str(override.approved_by))


def test_one_that_ended_early_says_so(own, manager):
    TierOverrideFactory(customer=own.customer, hold=True)
    TierOverride.objects.update(ended_on=date(2026, 2, 1), ended_at="2026-01-20T00:00Z")

    assert "until 31 January 2026" in newest(own.customer, manager, None, 5)[0].sentence


def test_a_letter_does_not_tell_of_a_cap(own, manager):
    override = TierOverrideFactory(customer=own.customer, cap=True)

    told = one(own.customer, manager, str(override.pk))

    assert told and "Not above" in told.sentence and "Not above" not in told.told


def test_who_may_not_read_overrides_is_told_of_none(own, agency):
    TierOverrideFactory(customer=own.customer)

    assert newest(own.customer, agency, None, 5) == []


def test_only_those_before_a_day(own, manager):
    TierOverrideFactory(customer=own.customer)

    assert newest(own.customer, manager, date(2026, 1, 1), 5) == []
