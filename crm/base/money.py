"""Money: Decimal amounts with a currency, rounded half up once. SQL's round() does the same; a test keeps them equal."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models

MINOR_UNITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"), 0),
    **dict.fromkeys(("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_unit(currency: str) -> int:
    """Digits after the decimal point of an ISO 4217 currency; 2 unless the standard says otherwise."""
    return MINOR_UNITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round half up, away from zero, to the currency's minor unit."""
    return amount.quantize(Decimal(1).scaleb(-minor_unit(currency)), rounding=ROUND_HALF_UP)


class MoneyField(models.DecimalField):
    """An amount in numeric(20, 4). The currency stands in a field of the same row or of its account."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)


class CurrencyField(models.CharField):
    """An ISO 4217 code."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 3)
        super().__init__(*args, **kwargs)
