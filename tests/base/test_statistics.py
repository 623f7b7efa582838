from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.statistics import wilson


def test_wilson_interval_of_42_in_50() -> None:
    low, high = wilson(42, 50)
    assert (round(100 * low, 1), round(100 * high, 1)) == (Decimal("71.5"), Decimal("91.7"))


@given(whole=st.integers(1, 10_000), data=st.data())
def test_the_share_lies_in_its_interval_and_the_interval_between_0_and_1(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= Decimal(part) / whole <= high <= 1


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (2, 1), (-1, 1)])
def test_what_is_no_share_has_no_interval(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="part of"):
        wilson(part, whole)
