from tests.customers.privacy.conftest import erased

__all__ = ["erased"]
