"""What closed months tell: how recently, how often and how much a customer moves, where their money is heading, and how
they pay and get in touch. Unknown until a month is closed."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Interaction
from segmentation.models.behaviour import LifeStage
from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type, Unit

JOIN = Join(
    "LEFT JOIN segmentation_behaviour behaviour"
    " ON behaviour.month = %(known_month)s::date AND behaviour.customer_id = c.id{whose}",
    rows="behaviour",
)
WHERE = "WHERE m.month = %(known_month)s::date AND m.customer_id = c.id"
FREQUENCY, DIRECTION, HABITS = _("Recency, frequency, turnover"), _("Where it is heading"), _("Habits")
FIFTH = _("Fifths of all customers of the kind: 5 is the best, and equal ones share one.")
SLOPE = _("The line that fits the month averages best; unknown with fewer months.")
TREND = _("The same slope in percent of their mean; unknown where that is not above zero.")
SHARE = _("Of the amount paid in twelve months, as far as the bank's core tells where.")


def _told(name: str, label: str | Promise, kind: Type, family: Promise, about: Any = "", **more: Any) -> Field:
    column = f"(SELECT m.{name} FROM segmentation_behaviour m {WHERE})"  # noqa: S608  of the names below
    return Field(
        name, label, kind, column, family=family, about=about, joined=f"behaviour.{name}", join=JOIN, **more
    )  # fmt: skip


PERSONAL: dict[str, Any] = {"sensitivity": Sensitivity.PERSONAL}
PERCENT: dict[str, Any] = {"unit": Unit.PERCENT}
BEHAVIOUR = (
    _told(
        "recency_days", _("days since the last transaction"), Type.INTEGER, FREQUENCY,
        _("At the month's end; what the bank books by itself does not count."), unit=Unit.DAYS,
    ),
    _told("transactions_year", _("transactions in twelve months"), Type.INTEGER, FREQUENCY),
    _told("turnover_year", _("turnover in twelve months"), Type.MONEY, FREQUENCY, unit=Unit.CURRENCY),
    _told("recency_quintile", _("recency fifth"), Type.INTEGER, FREQUENCY, FIFTH),
    _told("frequency_quintile", _("frequency fifth"), Type.INTEGER, FREQUENCY, FIFTH),
    _told("turnover_quintile", _("turnover fifth"), Type.INTEGER, FREQUENCY, FIFTH),
    _told("slope_3_months", _("slope over 3 months, per month"), Type.MONEY, DIRECTION, SLOPE, unit=Unit.CURRENCY),
    _told("slope_6_months", _("slope over 6 months, per month"), Type.MONEY, DIRECTION, SLOPE, unit=Unit.CURRENCY),
    _told("trend_3_months", _("trend over 3 months, per month"), Type.NUMBER, DIRECTION, TREND, **PERCENT),
    _told("trend_6_months", _("trend over 6 months, per month"), Type.NUMBER, DIRECTION, TREND, **PERCENT),
    _told("salary", _("salary of the closed month"), Type.MONEY, HABITS, unit=Unit.CURRENCY),
    _told("salary_months", _("months with salary of the last 3"), Type.INTEGER, HABITS),
    _told("standing_orders", _("standing orders"), Type.INTEGER, HABITS),
    _told("standing_amount", _("amount of the standing orders"), Type.MONEY, HABITS, unit=Unit.CURRENCY),
    _told(
        "credit_use", _("use of credit lines"), Type.NUMBER, HABITS,
        _("What is drawn of the limits of loans and cards, else of what was granted."), **PERCENT,
    ),
    _told(
        "main_channel", _("channel used most"), Type.CHOICE, HABITS,
        _("Of the contacts of twelve months; the newest decides between equals."),
        choices=tuple(Interaction.Channel.choices), **PERSONAL,
    ),
    _told("digital_share", _("share of digital contacts"), Type.NUMBER, HABITS, **PERCENT, **PERSONAL),
    _told(
        "spending_kind", _("most frequent payment"), Type.TEXT, HABITS,
        _("The kind of payment that led most of the last twelve months."), **PERSONAL,
    ),
    _told("payments_monthly", pgettext_lazy("a count", "payments per month"), Type.NUMBER, HABITS, **PERSONAL),
    _told("online_share", _("share paid online"), Type.NUMBER, HABITS, SHARE, **PERCENT, **PERSONAL),
    _told("abroad_share", _("share paid abroad"), Type.NUMBER, HABITS, SHARE, **PERCENT, **PERSONAL),
    _told(
        "life_stage", _("life stage"), Type.CHOICE, HABITS,
        _("From age, salary, household and mortgage: so it never sets a price."),
        choices=tuple(LifeStage.choices), sensitivity=Sensitivity.PROTECTED,
    ),
)  # fmt: skip
