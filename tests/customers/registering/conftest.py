from collections.abc import Callable

import pytest
from django.test import Client

from crm.identity.models import User


@pytest.fixture
def desk(manager: User, signed_in: Callable[..., Client]) -> Client:
    """The browser of the manager."""
    return signed_in(manager)
