import pytest

from tests.factories import RunFactory

pytestmark = pytest.mark.django_db


def test_the_list_of_nights_says_what_each_came_to(admin, signed_in):
    RunFactory(result={"customers": 1987, "tier_moves": 31, "waiver_entries": 12, "waived": {"CNY": "100.48"}})
    shown = signed_in(admin).get("/runs/").content.decode()
    assert ">1987</td>" in shown and ">31</td>" in shown and "100.48 CNY" in shown
