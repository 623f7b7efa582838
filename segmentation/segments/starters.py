"""Segments to begin with: a bank copies one, changes its figures and proposes it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tree = dict[str, Any]


def _is(field: str, op: str, value: Any) -> Tree:
    return {"field": field, "op": op, "value": value}


@dataclass(frozen=True)
class Starter:
    """`rule` is a rule as in a policy file; its amounts are to be changed to the bank's own."""

    code: str
    name: str | Promise
    description: str | Promise
    priority: int
    kind: str
    rule: Tree

    @property
    def content(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": str(self.name),
            "description": str(self.description),
            "priority": self.priority,
            "customer_kind": self.kind,
            "when": self.rule,
        }


STARTERS: tuple[Starter, ...] = (
    Starter(
        "affluent", _("Affluent"), _("People whose average balance earns them a manager."), 10, "person",
        {"all": [_is("aum_month_average", ">=", "200000")]},
    ),
    Starter(
        "emerging", _("Emerging middle class"), _("People in working life with a rising balance and a good income."), 20, "person",
        {"all": [_is("aum_month_average", "between", ["50000", "199999.99"]), _is("age", "between", [30, 50]),
                 _is("annual_income", ">=", "120000"), _is("slope_6_months", ">", "0") | {"unknown": "true"}]},
    ),
    Starter(
        "rising", _("Young and rising"), _("Young people whose salary comes in here and stays."), 30, "person",
        {"all": [_is("age", "<=", 35), _is("salary_months", ">=", 2), _is("slope_3_months", ">", "0") | {"unknown": "true"}]},
    ),
    Starter(
        "small_business", _("Small business"), _("Companies whose money moves through the bank."), 40, "company",
        {"all": [_is("aum_month_average", "<", "1000000"), _is("transactions_year", ">=", 60)]},
    ),
    Starter(
        "dormant_money", _("Dormant with money"), _("Money lies here and nothing moves: one call may bring more."), 50, "person",
        {"all": [_is("balance", ">=", "50000"), _is("tenure_months", ">=", 12),
                 {"any": [_is("recency_days", ">=", 180), _is("transactions_year", "=", 0)]}]},
    ),
)  # fmt: skip


def starter(code: str) -> Starter | None:
    return next((each for each in STARTERS if each.code == code), None)
