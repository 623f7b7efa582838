from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import DueContactFactory


@pytest.fixture
def overdue(own):
    """A contact that was due nine days ago."""
    return DueContactFactory(customer=own.customer, due_on=timezone.localdate() - timedelta(days=9))


@pytest.fixture
def key(overdue) -> str:
    return f"contact:contact:{overdue.customer_id}:{overdue.due_on}"
