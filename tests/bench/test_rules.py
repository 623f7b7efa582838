"""How long the rule builder's count takes: any single-level rule within 300 ms at 200,000 customers."""

import os
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.db import connection

from crm.identity.models import User
from segmentation.counting import count, sample
from segmentation.models import Published
from segmentation.rules import FIELDS, Type, validate
from tests.bench import bank
from tests.factories import RunFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
FACTS_FIELDS = {name: field for name, field in FIELDS.items() if not (field.of_scheme or field.is_reference)}
FULL, MOST = 200_000, 300
# facts without a night: figures that follow from the number, a tenth of them unknown
FACTS = """
    INSERT INTO segmentation_facts (slot, customer_id, currency, balance, aum_month_average, aum_weighted_average,
        loan_balance, mortgage_balance, credits_month, debits_month, payroll_month, transactions_month, accounts_held,
        products_held, first_opened_on)
    SELECT 0, n, 'CNY', n * 37 %% 900000, nullif(n %% 10, 0) * 37 * (n %% 9000), n, n %% 500, n %% 700, n %% 9000,
           n %% 8000, n %% 20000, n %% 90, n %% 5, n %% 4, date '2010-01-01' + n %% 5000
    FROM generate_series(1, %(customers)s) n"""
VALUES: dict[str, Any] = {
    Type.MONEY: "200000", Type.NUMBER: "3", Type.INTEGER: 3, Type.DATE: "2015-06-30", Type.TEXT: "R3", Type.BOOLEAN: True,
}  # fmt: skip


def fill(customers: int) -> User:
    bank.fill_customers(customers)
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"customers": customers})
    run = RunFactory()
    Published.objects.create(business_date=bank.LAST_MONTH, slot=0, run=run)
    bank.settle()
    return UserFactory(admin=True)


def single_level_rules() -> dict[str, dict]:
    """Each field alone, and broad ones of many predicates beside each other."""
    found = {}
    for name, field in FACTS_FIELDS.items():
        value = field.choices[0][0] if field.choices else VALUES[field.type]
        found[name] = {"field": name, "op": ">=" if field.type.is_ordered else "=", "value": value}
    figures = [rule for name, rule in found.items() if FIELDS[name].column.startswith("f.")]
    found["branch, a set of 50"] = {"field": "branch", "op": "in", "value": [f"B{n}" for n in range(1, 51)]}
    found["occupation, a set of 500"] = {"field": "occupation", "op": "not_in", "value": [f"x{n}" for n in range(500)]}
    found["all figures at once"] = {"any": figures}
    found["every field at once"] = {"all": list(found.values())[: len(FACTS_FIELDS)]}
    return found


def milliseconds(tree: dict, user: User, times: int) -> float:
    rule = validate(tree, purpose="segment")
    spent = []
    for purpose in ("segment", "sla", "tier", "waiver")[: 2 if times < 3 else 4]:
        for _ in range(times):
            begun = perf_counter()
            assert count(rule, user=user, purpose=purpose, customer_kind="person") is not None
            spent.append((perf_counter() - begun) * 1000)
    return median(spent)


def figures(customers: int, times: int) -> dict[str, float]:
    admin = fill(customers)
    manager = UserFactory(head=True, branch_id=100001)
    found = {name: milliseconds(tree, admin, times) for name, tree in single_level_rules().items()}
    found["balance, of a head's branch"] = milliseconds(single_level_rules()["balance"], manager, times)
    held = single_level_rules()["accounts_held"]
    begun = perf_counter()
    assert len(sample(validate(held, purpose="tier"), user=admin, purpose="tier")) == 10
    found["sample of ten"] = (perf_counter() - begun) * 1000
    return found


@pytest.mark.bench
def test_any_single_level_rule_is_counted_at_once(capsys):
    found = figures(CUSTOMERS, times=5)
    with capsys.disabled():
        print(f"\ncount of a rule, {CUSTOMERS} customers, milliseconds")
        for name, value in found.items():
            print(f"  {name:28} {value:10.1f}")
    if CUSTOMERS >= FULL:
        assert {name: value for name, value in found.items() if value > MOST} == {}


def test_bench_of_rules_counts_what_it_measures():
    found = figures(300, times=1)
    assert len(found) == len(FACTS_FIELDS) + 6 and all(value > 0 for value in found.values())
