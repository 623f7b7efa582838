"""What a closed month and a year of them say, to the cent."""

from decimal import Decimal

import pytest

from segmentation.models import ValueMonth
from tests.segmentation.value.bank import close, months, use, worked_example, year_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worked_customer_brings_in_8580_a_year():
    use()
    someone = worked_example()
    close(*months(12))
    year = year_of(someone)
    assert (year.deposits, year.loans, year.fees - year.waivers) == (Decimal(4500), Decimal(4200), Decimal(1200))
    assert (year.activities, year.losses, year.commissions) == (Decimal(420), Decimal(900), Decimal(0))
    assert year.value == Decimal("8580.00")
    assert year.lifetime == Decimal("38610.00"), "8,580 x 0.9 / (1 + 0.1 - 0.9)"
    assert ValueMonth.objects.filter(customer=someone).count() == 12
