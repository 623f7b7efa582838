from tests.customers.views.conftest import desk

__all__ = ["desk"]
