import pytest

from customers.models import Customer
from tests import queries as prices


def test_a_dearer_page_is_noticed(queries, monkeypatch):
    monkeypatch.setattr(prices, "recorded", lambda: {"list": 1})
    with queries("list"):
        Customer.objects.count()
    with pytest.raises(AssertionError, match="costs 2 queries, not 1"), queries("list"):
        Customer.objects.count(), Customer.objects.count()


def test_recording_keeps_the_other_prices(tmp_path, monkeypatch):
    monkeypatch.setattr(prices, "RECORD", tmp_path / "counts.json")
    prices.write("list", 3)
    prices.write("detail", 5)
    assert prices.recorded() == {"detail": 5, "list": 3}
