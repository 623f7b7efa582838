"""The fields that a rule may speak of, each declared once: type, column, unit, sensitivity, and whether it may set prices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer


class Type(TextChoices):
    MONEY = "money", _("Money")
    NUMBER = "number", pgettext_lazy("type of a field", "Number")
    INTEGER = "integer", _("Whole number")
    DATE = "date", _("Date")
    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    BOOLEAN = "boolean", _("Yes or no")

    @property
    def is_ordered(self) -> bool:
        return self in (Type.MONEY, Type.NUMBER, Type.INTEGER, Type.DATE)


class Unit(TextChoices):
    NONE = "", ""
    CURRENCY = "currency", _("in the currency of the scheme")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


class Sensitivity(TextChoices):
    BUSINESS = "business", _("Business figure")
    PERSONAL = "personal", _("Personal data")
    PROTECTED = "protected", _("Protected from discrimination")


@dataclass(frozen=True)
class Field:
    """`column` is SQL over `f` (the facts row), `c` (customers_customer) and the parameter `day`.

    `of_scheme`: reckoned by a tier scheme for its own tiers, and in no row of facts. `is_late`: reckoned only while a
    tier scheme in force looks at it, and unknown otherwise. `is_reference`: names segments, whose rules take its place before
    anything is compiled or evaluated, so that its column is never asked. A derived field is computed from the value of `source` on a day; Python's `derive` and the column are the same.
    """

    name: str
    label: str | Promise
    type: Type
    column: str
    unit: Unit = Unit.NONE
    sensitivity: Sensitivity = Sensitivity.BUSINESS
    choices: tuple[tuple[str, str | Promise], ...] = ()
    source: str = ""
    derive: Callable[[date, date], int] | None = field(default=None, compare=False)
    of_scheme: bool = False
    is_late: bool = False
    is_reference: bool = False

    @property
    def may_set_prices(self) -> bool:
        return self.sensitivity != Sensitivity.PROTECTED


def full_years(start: date, day: date) -> int:
    return int((int(f"{day:%Y%m%d}") - int(f"{start:%Y%m%d}")) / 10_000)


def full_months(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


_CARD = (
    "(SELECT k.kind FROM customers_accountholder h JOIN customers_card k ON k.holder_id = h.id"
    " WHERE h.customer_id = c.id AND k.issued_on <= %(day)s ORDER BY k.issued_on DESC, k.number DESC LIMIT 1)"
)
_YEARS = "((to_char(%(day)s::date, 'YYYYMMDD')::integer - to_char({0}, 'YYYYMMDD')::integer) / 10000)"
_MONTHS = (
    "((extract(year FROM %(day)s::date) - extract(year FROM {0})) * 12 + extract(month FROM %(day)s::date)"
    " - extract(month FROM {0})"
    " - (extract(day FROM %(day)s::date) < extract(day FROM {0}))::integer)::integer"
)


def _money(name: str, label: Promise) -> Field:
    return Field(name, label, Type.MONEY, f"f.{name}", unit=Unit.CURRENCY)


def _late(name: str, label: Promise) -> Field:
    return Field(name, label, Type.MONEY, f"f.{name}", unit=Unit.CURRENCY, is_late=True)


def _count(name: str, label: Promise) -> Field:
    return Field(name, label, Type.INTEGER, f"f.{name}")


def _text(name: str, label: Promise, sensitivity: Sensitivity) -> Field:
    return Field(name, label, Type.TEXT, f"nullif(c.{name}, '')", sensitivity=sensitivity)


FIELDS: Mapping[str, Field] = {
    each.name: each
    for each in (
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
            _MONTHS.format("f.first_opened_on"),
            unit=Unit.MONTHS,
            source="first_opened_on",
            derive=full_months,
        ),
        Field("kind", _("customer kind"), Type.CHOICE, "c.kind", choices=tuple(Customer.Kind.choices)),
        Field("status", _("status"), Type.CHOICE, "c.status", choices=tuple(Customer.Status.choices)),
        Field("branch", _("branch"), Type.TEXT, "(SELECT b.code FROM identity_branch b WHERE b.id = c.branch_id)"),
        Field("card", _("newest card"), Type.TEXT, _CARD),
        Field(
            "segment",
            _("segment"),
            Type.TEXT,
            "segment_stands_for_its_rule",
            sensitivity=Sensitivity.PROTECTED,
            is_reference=True,
        ),
        _text("occupation", _("occupation"), sensitivity=Sensitivity.PERSONAL),
        _text("education", _("education"), sensitivity=Sensitivity.PERSONAL),
        Field(
            "annual_income",
            _("annual income"),
            Type.MONEY,
            "c.annual_income",
            unit=Unit.CURRENCY,
            sensitivity=Sensitivity.PERSONAL,
        ),
        _text("region", _("region"), sensitivity=Sensitivity.PROTECTED),
        Field(
            "sex",
            _("sex"),
            Type.CHOICE,
            "nullif(c.sex, '')",
            choices=tuple(Customer.Sex.choices),
            sensitivity=Sensitivity.PROTECTED,
        ),
        Field(
            "age",
            _("age"),
            Type.INTEGER,
            _YEARS.format("c.birth_date"),
            unit=Unit.YEARS,
            source="birth_date",
            derive=full_years,
            sensitivity=Sensitivity.PROTECTED,
        ),
    )
}
