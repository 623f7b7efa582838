"""Months and years that have passed are compared by days, and say the same as the numbers do."""

from datetime import date
from itertools import product

import pytest
from django.db import connection

from segmentation import rules

pytestmark = pytest.mark.django_db
OPS = {"=": (1,), "!=": (1,), "<": (1,), "<=": (1,), ">": (1,), ">=": (1,), "between": (1, 2)}
DAYS = [
    date(2024, 2, 29),
    date(2023, 2, 28),
    date(2023, 3, 1),
    date(2023, 3, 31),
    date(2023, 4, 30),
    date(2023, 12, 31),
]
STARTS = """
SELECT (SELECT count(*) FROM starts), (SELECT count(*) FROM starts f, LATERAL (SELECT f.first_opened_on AS birth_date) c
    WHERE ({compared}) IS DISTINCT FROM ({reckoned} {sign} {value}))
"""
WITH = "WITH starts AS (SELECT NULL::date AS first_opened_on UNION ALL SELECT generate_series(date '2019-12-01', '2024-04-01', '1 day')::date)"


@pytest.mark.parametrize("name", ["tenure_months", "age"])
@pytest.mark.parametrize("op", list(OPS))
def test_comparing_days_says_what_the_number_says(name: str, op: str) -> None:
    for day, low in product(DAYS, (1, 2, 11, 12, 13, 36)):
        value = [low, low + 1] if op == "between" else low
        rule = rules.validate({"field": name, "op": op, "value": value}, purpose="segment")
        parameters: dict = {"day": day}
        compared = rules.predicate_sql(rule, parameters=parameters)[0]
        reckoned = rules.FIELDS[name].column
        assert reckoned not in compared

        text = STARTS.format(
            compared=compared, reckoned=reckoned, sign=op, value=" AND ".join(map(str, [low, low + 1][: len(OPS[op])]))
        )
        with connection.cursor() as cursor:
            cursor.execute(f"{WITH} {text}", parameters)
            assert cursor.fetchone() == (1585, 0), (day, low)


@pytest.mark.parametrize("value", [0, -3, 1_901, 10**9])
def test_what_no_day_tells_is_reckoned(value: int) -> None:
    rule = rules.validate({"field": "age", "op": "<=", "value": value}, purpose="segment")
    assert rules.FIELDS["age"].column in rules.sql(rule, parameters={"day": DAYS[0]})
