from datetime import date

import pytest
from django.db import connection

from segmentation.models import TierDecision
from segmentation.replays import replay_all
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
SQL = "ALTER TABLE segmentation_tierdecision DISABLE TRIGGER USER"


@pytest.fixture
def decided(db: None) -> None:
    policy(("mass", None, 0), ("gold", "200000", 3))
    customer_with({date(2026, 1, 1): "250000", date(2026, 2, 1): "10"})
    for day in (date(2026, 1, 31), date(2026, 2, 28)):
        nights(day, day)


def test_every_decision_replays_to_itself(decided: None, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        assert (replay_all().decisions, replay_all().wrong) == (2, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"months_below": 2},
        {"outcome": "kept"},
        {"figures": {"aum_month_average": "250000.00"}},
        {"met": [True]},
        {"bounds": [None, None, 0]},
    ],
)
def test_a_decision_that_was_tampered_with_is_named(decided: None, changed: dict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL)
    found = TierDecision.objects.filter(business_date=date(2026, 2, 28))
    found.update(**changed)

    assert f"Decision {found.get().pk} of 2026-02-28" in replay_all().wrong
