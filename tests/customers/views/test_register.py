import pytest
from django.test import Client

from crm.identity.models import User
from customers.models import Customer
from tests.people import Story

pytestmark = pytest.mark.django_db


def test_a_new_customer_is_registered_into_the_manager_s_book(desk: Client, manager: User, east) -> None:
    form = {"name": "单雄信", "kind": "person", "phone": "13900001111", "branch": east.pk}
    answer = desk.post("/customers/new/", form)
    new = Customer.objects.get(name="单雄信")
    assert answer.url == f"/customers/{new.pk}/"
    assert (new.manager, new.status) == (manager, Customer.Status.PROSPECT)


def test_a_duplicate_is_said_beside_its_field(own: Story, desk: Client, east) -> None:
    form = {"name": "张伟", "kind": "person", "phone": "13812345678", "branch": east.pk}
    answer = desk.post("/customers/new/", form)
    assert answer.context["form"].errors.keys() == {"phone"}
    assert desk.post("/customers/new/", form | {"is_phone_shared": "on"}).status_code == 302
