"""A company's figures, told period by period."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.money import rounded
from crm.identity.models import User
from customers.companies.promises import promised
from customers.companies.refusing import refuse_person
from customers.companies.services import renew
from customers.models import CompanyFigure, Customer, FigureKind
from customers.periods import Period
from customers.services.versions import STALE, locked

Values = Mapping[str, Decimal | None]
MOST = Decimal(10) ** 16
NOT_BEGUN = gettext_lazy("This period has not begun.")


@transaction.atomic
def tell_figures(
    *,
    customer: Customer,
    period: Period,
    values: Values,
    currency: str,
    by: User | str,
    at: datetime,
    seen: Mapping[str, int] | None = None,
) -> list[str]:
    """Figures of a period by code of their kind; None takes one back. Those that differ are corrected; returns their codes.

    `seen` are the versions that were read, by code: refused (STALE) where somebody else told one of `values` since.
    """
    customer = locked(customer, None)
    refuse_person(customer)
    if period.since > timezone.localdate(at):
        raise RuleBroken(NOT_BEGUN, field="period")
    kinds = {kind.code: kind for kind in FigureKind.objects.filter(code__in=values)}
    rows = {row.kind.code: row for row in _of_period(customer, period)}
    if seen is not None and any(rows[code].version != seen.get(code, 0) for code in values if code in rows):
        raise RuleBroken(_("Somebody told figures of this period in the meantime. Look at them again."), code=STALE)
    changed = []
    for code, value in values.items():
        if code not in kinds:
            raise RuleBroken(_("There is no figure %(code)s.") % {"code": code}, field="figure")
        _refuse(kinds[code], value, currency)
        unit = currency if kinds[code].is_money and value is not None else ""
        row = rows.get(code) or CompanyFigure(
            customer=customer, kind=kinds[code], since=period.since, months=period.months, version=0
        )
        if (row.value, row.currency) != (value, unit):
            row.value, row.currency = value, unit
            renew(row, by, at)
            with promised():
                row.save()
            changed.append(code)
    if changed:
        audit.record("company.figures_told", customer, by=by, period=str(period), figures=changed)
    return changed


def _of_period(customer: Customer, period: Period) -> Iterable[CompanyFigure]:
    told = CompanyFigure.objects.filter(customer=customer, since=period.since, months=period.months)
    return told.select_related("kind")


def _refuse(kind: FigureKind, value: Decimal | None, currency: str) -> None:
    if value is None:
        return
    if not value.is_finite() or abs(value) >= MOST:
        raise RuleBroken(_("This is more than it may be."), field=kind.code)
    if kind.is_money and (len(currency) != 3 or not currency.isupper() or not currency.isascii()):
        raise RuleBroken(_("A currency has three capital letters."), field="currency")
    if kind.is_money and value != rounded(value, currency):
        raise RuleBroken(_("The amount has more decimals than the currency."), field=kind.code)
    if not kind.is_money and value < 0:
        raise RuleBroken(_("This can't be less than nothing."), field=kind.code)
    if kind.unit in (FigureKind.Unit.PEOPLE, FigureKind.Unit.PIECES) and value != value.to_integral_value():
        raise RuleBroken(_("A whole number belongs here."), field=kind.code)
