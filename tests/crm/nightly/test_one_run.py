"""However many clocks and people ask at once, one run comes of it."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from crm.jobs.models import Run
from crm.nightly import start
from tests.segmentation.night.bank import close_feeds, customer_with, policy

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2026, 1, 1)


def at_once(acts: list[Callable[[], object]]) -> None:
    """Each in a thread with a connection of its own, let go together."""
    gate, wrong = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_three_clocks_and_twenty_starts_make_one_run(admin):
    policy(("mass", None, 0))
    customer_with({FIRST: "1"})
    close_feeds(FIRST)

    at_once([start.open_if_time] * 3 + [lambda: start.start_night(by=admin)] * 20)

    assert Run.objects.nights().get().business_date == FIRST
