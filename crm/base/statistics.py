"""Figures that a statistician would sign."""

from decimal import Decimal

Z_95 = Decimal("1.959963984540054")
DIGITS = 12


def wilson(part: int, whole: int, z: Decimal = Z_95) -> tuple[Decimal, Decimal]:
    """The interval in which a share lies, as fractions (E. B. Wilson, JASA 22, 1927): of 42/50 it is 0.715 to 0.917."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("a share is a part of something")
    share, squared = Decimal(part) / whole, z * z
    middle = share + squared / (2 * whole)
    spread = z * (share * (1 - share) / whole + squared / (4 * whole * whole)).sqrt()
    divisor = 1 + squared / whole
    low, high = (round(end / divisor, DIGITS) for end in (middle - spread, middle + spread))
    return max(low, Decimal(0)), min(high, Decimal(1))
