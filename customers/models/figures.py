"""What a company tells of itself, period by period, and by how much a figure may move before somebody should look."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import CurrencyField
from customers.models.noted import Noted, guards, remembered
from customers.periods import Period
from customers.querysets.companies import FigureQuerySet

# kinds that every bank begins with, by code; others are called as they are named
NAMES = {
    "total_assets": _("Total assets"),
    "cash": pgettext_lazy("figure", "Cash"),
    "receivables": _("Receivables"),
    "inventory": _("Inventory"),
    "total_liabilities": _("Total liabilities"),
    "equity": _("Equity"),
    "revenue": _("Revenue"),
    "net_profit": _("Net profit"),
    "operating_cash_flow": _("Operating cash flow"),
    "output": _("Output"),
    "orders": pgettext_lazy("figure", "Orders"),
    "staff": pgettext_lazy("figure", "Staff"),
    "power": _("Power used"),
}


class FigureKind(models.Model):
    """`falls_by`, `rises_by`: the change against the period before from which on it is an alert, as fractions; NULL never."""

    class Section(models.TextChoices):
        BALANCE = "balance", _("Balance sheet")
        INCOME = "income", _("Income and cash")
        OPERATING = "operating", _("Operating figures")

    class Unit(models.TextChoices):
        MONEY = "money", _("Money")
        PIECES = "pieces", _("Pieces")
        PEOPLE = "people", _("People")
        KWH = "kwh", _("kWh")

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    section = models.CharField(_("section"), max_length=12, choices=Section)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit)
    place = models.PositiveSmallIntegerField(_("place"))
    falls_by = models.DecimalField(_("alert when it falls by"), max_digits=5, decimal_places=4, null=True, blank=True)
    rises_by = models.DecimalField(_("alert when it rises by"), max_digits=5, decimal_places=4, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = _("kind of figure")
        verbose_name_plural = _("kinds of figures")
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["place", "id"], name="figure_kind_by_place")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=(Q(falls_by=None) | Q(falls_by__gt=0)) & (Q(rises_by=None) | Q(rises_by__gt=0)),
                name="figure_alert_is_a_change",
                violation_error_message=_("A change that alerts is more than nothing."),
            )
        ]

    def __str__(self) -> str:
        return str(NAMES.get(self.code, self.name))

    @property
    def is_money(self) -> bool:
        return self.unit == self.Unit.MONEY


# (since + make_interval(months => months))::date - 1
LAST_DAY = Func(
    F("since"), F("months"), template="((%(expressions)s))::date - 1)", arg_joiner=" + make_interval(months => "
)


@remembered("CompanyFigureEvent", "value", "currency")
class CompanyFigure(Noted):
    """One figure of one period of 1, 3, 6 or 12 months. NULL: it was said, and taken back."""

    FIXED = ("kind", "months", "since")
    LENGTHS = ((12, _("Year")), (6, _("Half year")), (3, _("Quarter")), (1, _("Month")))

    kind = models.ForeignKey(FigureKind, models.PROTECT, related_name="+", verbose_name=_("figure"), db_index=False)
    months = models.PositiveSmallIntegerField(_("months"), choices=LENGTHS)
    since = models.DateField(_("first day"))
    through = models.GeneratedField(
        verbose_name=_("last day"), expression=LAST_DAY, output_field=models.DateField(), db_persist=True
    )
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    currency = CurrencyField(_("currency"), blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a company")
        verbose_name_plural = _("figures of companies")
        ordering = ["customer", "-since", "kind"]
        triggers = guards(("kind", "months", "since"))
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "months", "since"], name="company_figure_once"),
            models.CheckConstraint(condition=Q(months__in=[1, 3, 6, 12]), name="company_figure_length"),
            models.CheckConstraint(condition=Q(since__day=1), name="company_figure_of_whole_months"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    @property
    def period(self) -> str:
        return str(Period(self.since, self.months))
