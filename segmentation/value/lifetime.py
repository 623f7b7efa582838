"""What a customer will bring in as long as they stay: m the year's profit, r who stays of a year, d what a year discounts.

The screen speaks of the first convention alone. Both round half up once, to the minor unit.
"""

from decimal import Decimal

from crm.base.money import rounded


def at_year_end(m: Decimal, r: Decimal, d: Decimal, currency: str) -> Decimal:
    """The margin of a year comes at its end: m r / (1 + d - r)."""
    return rounded(m * r / (1 + d - r), currency)


def at_once(m: Decimal, r: Decimal, d: Decimal, currency: str) -> Decimal:
    """The margin of a year comes at its beginning: m (1 + d) / (1 + d - r)."""
    return rounded(m * (1 + d) / (1 + d - r), currency)
