import pytest

from tests.people import Story

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_own_book_and_nobody_else(own: Story, other: Story, manager, signed_in) -> None:
    page = signed_in(manager).get("/customers/").content.decode()
    assert "张伟" in page
    assert "Zhang Wei" in page
    assert "李娜" not in page


@pytest.mark.parametrize("tab", ["overview", "holdings", "changes"])
def test_every_tab_of_a_customer_opens(own: Story, manager, signed_in, tab: str) -> None:
    page = signed_in(manager).get(f"/customers/{own.customer.pk}/?tab={tab}")
    assert page.status_code == 200
    assert "138****5678" in page.content.decode()
    assert "13812345678" not in page.content.decode()
