"""Amounts of several currencies as one, at the rates of a day. A missing rate is said, never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from crm.base.money import rounded
from customers.feedstates import AWAITED
from customers.models import ExchangeRate, Feed
from customers.portfolio import Pile

DIGITS = 6


@dataclass(frozen=True)
class Rate:
    """Units of the wanted currency for one of `currency`; `on` is the day of the older of the two rates that it crosses."""

    currency: str
    rate: Decimal
    on: date

    @property
    def said(self) -> str:
        """To six significant digits."""
        return f"{self.rate:.{max(0, DIGITS - 1 - self.rate.adjusted())}f}"


@dataclass(frozen=True)
class Total:
    """`assets` and `debts` in one currency, rounded half up once; None where `missing` names a currency without a rate."""

    currency: str
    on: date
    assets: Decimal | None
    debts: Decimal | None
    rates: list[Rate] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def known_currencies() -> list[str]:
    """The bank's own first, then those that ever had a rate."""
    quoted = ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct()
    own = settings.CRM_BASE_CURRENCY
    return [own, *(currency for currency in quoted if currency != own)]


def valued_on() -> date:
    """The day whose rates the last balances are shown at: through which their feed is closed, or today."""
    closed = Feed.objects.filter(kind=AWAITED).values_list("closed_through", flat=True).first()
    today = timezone.localdate()
    return min(closed, today) if closed else today


def rates_to(wanted: str, currencies: Iterable[str], on: date) -> dict[str, Rate]:
    """The rates of the day, or of the last one before it that is at most CRM_FX_MAX_AGE days old. One query.

    Without those that have none, and none at all where the wanted one has none. They cross through the base currency, and are not rounded.
    """
    quotes = _quotes({wanted, *currencies}, on)
    if wanted not in quotes:
        return {}
    to, day = quotes[wanted]
    return {
        currency: Rate(currency, Decimal(1) if currency == wanted else rate / to, min(on_, day))
        for currency, (rate, on_) in quotes.items()
    }


def without_rate(wanted: str, currencies: Iterable[str], rates: Mapping[str, Rate]) -> list[str]:
    """What there is no rate for: the wanted currency alone, where that is what lacks one."""
    if wanted not in rates:
        return [wanted]
    return [currency for currency in currencies if currency not in rates]


def _quotes(currencies: set[str], on: date) -> dict[str, tuple[Decimal, date]]:
    oldest = on - timedelta(days=settings.CRM_FX_MAX_AGE)
    rows = ExchangeRate.objects.filter(currency__in=currencies, on__range=(oldest, on))
    newest = rows.order_by("currency", "-on").distinct("currency")
    quotes = {currency: (rate, day) for currency, rate, day in newest.values_list("currency", "rate", "on")}
    return quotes | {settings.CRM_BASE_CURRENCY: (Decimal(1), on)}


def total_of(piles: list[Pile], currency: str, on: date) -> Total:
    """What the piles come to in one currency. One query; none where all are in it."""
    foreign = [pile.currency for pile in piles if pile.currency != currency]
    rates = rates_to(currency, foreign, on) if foreign else {}
    if foreign and (missing := without_rate(currency, foreign, rates)):
        return Total(currency, on, None, None, missing=missing)
    assets = debts = Decimal(0)
    for pile in piles:
        rate = rates[pile.currency].rate if pile.currency in rates else Decimal(1)
        assets += pile.assets * rate
        debts += pile.debts * rate
    used = [rates[one] for one in foreign]
    return Total(currency, on, rounded(assets, currency), rounded(debts, currency), used)
