"""A broker that goes, or that never was, takes no worker along."""

import pytest
from celery import current_app

from crm.base.servers.children import free_port
from crm.jobs.broker import Transport
from tests.crm.nightly import ledger
from tests.crm.nightly.test_killed_worker import published, wait_for, worker


def test_asking_a_closed_connection_is_a_lost_connection():
    """Anything else Celery takes for a fault of its own, and ends the worker."""
    connection = current_app.connection_for_read()
    channel = connection.default_channel
    assert isinstance(connection.transport, Transport)
    connection.collect()
    with pytest.raises(connection.connection_errors):
        channel._connparams()


@pytest.mark.django_db(transaction=True)
def test_worker_that_never_finds_a_broker_does_the_nights(app_env):
    ledger.open_bank(customers=40)
    env = app_env | {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "CRM_POLL_SECONDS": "0.2"}
    with worker(env) as child:
        wait_for(lambda: published() == ledger.NIGHTS, child)
