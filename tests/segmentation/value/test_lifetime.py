"""The worked figures: a margin of 1,000, of a hundred ninety stay, ten percent a year."""

from decimal import Decimal

from segmentation.value.lifetime import at_once, at_year_end

M, R, D = Decimal(1000), Decimal("0.9"), Decimal("0.1")


def test_a_margin_at_year_end_is_worth_4500():
    assert at_year_end(M, R, D, "CNY") == Decimal("4500.00")


def test_a_margin_at_once_is_worth_5500():
    assert at_once(M, R, D, "CNY") == Decimal("5500.00")


def test_a_loss_stays_a_loss_and_is_rounded_away_from_zero():
    assert at_year_end(Decimal("-0.01"), Decimal("0.5"), Decimal("0.5"), "CNY") == Decimal("-0.01")


def test_a_currency_without_a_minor_unit_is_rounded_to_whole_ones():
    assert at_year_end(Decimal(1001), R, D, "JPY") == Decimal("4505")
