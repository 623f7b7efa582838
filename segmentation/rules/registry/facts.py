"""The figures of the facts: what a customer holds and moved, as of the business date."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from segmentation.rules.registry.dates import MONTHS, full_months
from segmentation.rules.registry.kinds import Field, Type, Unit


def _money(name: str, label: Promise) -> Field:
    return Field(name, label, Type.MONEY, f"f.{name}", unit=Unit.CURRENCY)


def _late(name: str, label: Promise) -> Field:
    return Field(name, label, Type.MONEY, f"f.{name}", unit=Unit.CURRENCY, is_late=True)


def _count(name: str, label: Promise) -> Field:
    return Field(name, label, Type.INTEGER, f"f.{name}")


FACTS = (
    _money("balance", _("balance")),
    _money("aum_month_average", _("month average")),
    _money("aum_weighted_average", _("weighted month average")),
    _late("aum_quarter_average", _("quarter average")),
    _late("aum_quarter_weighted_average", _("weighted quarter average")),
    _late("household_balance", _("balance of the household")),
    _late("household_month_average", _("month average of the household")),
    _money("loan_balance", _("loan balance")),
    _money("mortgage_balance", _("mortgage balance")),
    _money("credits_month", _("credits this month")),
    _money("debits_month", _("debits this month")),
    _money("payroll_month", _("payroll this month")),
    _count("transactions_month", _("transactions this month")),
    _count("accounts_held", _("accounts")),
    _count("products_held", _("products")),
    Field("points", _("points"), Type.INTEGER, "x.points", of_scheme=True),
    Field("first_opened_on", _("customer since"), Type.DATE, "f.first_opened_on"),
    Field(
        "tenure_months",
        _("months as a customer"),
        Type.INTEGER,
        MONTHS.format("f.first_opened_on"),
        unit=Unit.MONTHS,
        source="first_opened_on",
        derive=full_months,
        counts_from="f.first_opened_on",
    ),
)
