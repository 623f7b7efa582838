from datetime import date

import pytest

from crm.jobs.models import Run
from crm.nightly.night import run_night
from tests.segmentation.night.bank import close_feeds, customers_with, nights, policy

END, NEXT = date(2026, 1, 31), date(2026, 2, 28)


@pytest.fixture
def stopped(db: None) -> Run:
    """21 of the 200 gold customers would fall in February; the scheme allows 10 %."""
    policy(("mass", None, 0), ("gold", "1000", 0), max_moves_percent={"gold": "10"})
    customers_with([{date(2026, 1, 1): "2000", date(2026, 2, 1): "10" if n < 21 else "2000"} for n in range(200)])
    nights(END, END)
    close_feeds(NEXT)
    return run_night(day=NEXT)
