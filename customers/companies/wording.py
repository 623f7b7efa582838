"""Fractions as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def share_said(share: Decimal | None) -> str:
    """0.515 as 51.5 %."""
    if share is None:
        return ""
    percent = (share * 100).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    return f"{number_format(f'{percent:f}')} %"


def change_said(change: Decimal | None) -> str:
    """0.125 as +12.5 %."""
    if change is None:
        return ""
    percent = (change * 100).quantize(TENTH, ROUND_HALF_UP)
    sign = "+" if percent > 0 else "\u2212" if percent < 0 else "\u00b1"
    return f"{sign}{number_format(abs(percent), 1)} %"
