from datetime import date

import pytest

from segmentation.decisions.entitlements import newest, one
from tests.factories import EntitlementOverrideFactory

pytestmark = pytest.mark.django_db


def test_a_grant_is_told_from_its_first_to_its_last_day(own, manager):
    override = EntitlementOverrideFactory(customer=own.customer, quota=2, per="month")

    (told,) = newest(own.customer, manager, None, 5)

    days = "from 1 January 2026 until 31 December 2026."
    assert told.sentence == f"“Lounge” by an override, 2 times a month, {days}"
    assert told.told == f"You may use “Lounge”, 2 times a month, {days}"
    assert (told.on, told.reason) == (date(2026, 1, 1), override.reason)


def test_a_withdrawal_that_ended_early_says_so(own, manager):
    override = EntitlementOverrideFactory(customer=own.customer, kind="withdrawal", ended_on=date(2026, 2, 1))

    told = one(own.customer, manager, str(override.pk))

    assert told and told.sentence == "“Lounge” taken away by an override, from 1 January 2026 until 31 January 2026."


def test_who_may_not_read_overrides_is_told_of_none_and_others_only_of_earlier_ones(own, agency, manager):
    EntitlementOverrideFactory(customer=own.customer)

    assert newest(own.customer, agency, None, 5) == []
    assert newest(own.customer, manager, date(2026, 1, 1), 5) == []
