from datetime import UTC, date, datetime

import pytest

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Contact, Customer
from customers.services import assign_manager, change_contact, change_customer, change_status, register_customer
from tests.people import Story

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
PHONE = "138 0000 1111"


def test_a_manager_registers_a_customer_into_the_own_book(manager: User) -> None:
    new = register_customer(name="单雄信", by=manager, at=NOW, manager=manager, contact={"phone": PHONE})
    new.refresh_from_db()
    assert (new.number, new.status, new.status_since) == (f"P{new.pk:08}", Customer.Status.PROSPECT, TODAY)
    assert (new.sort_key, new.initials) == ("shan xiong xin", "sxx")
    assert new.contact.phone == "+8613800001111"
    assert Event.objects.get(action="customer.registered").customer_id == new.pk


def test_nobody_registers_a_customer_beyond_their_reach(teller: User, west) -> None:
    with pytest.raises(RuleBroken) as refused:
        register_customer(name="李娜", by=teller, at=NOW, branch=west)
    assert refused.value.field == "branch"
    assert not Customer.objects.exists()


def test_a_known_id_document_is_refused(own: Story, manager: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        register_customer(
            name="张伟", by=manager, at=NOW, manager=manager, contact={"national_id": "11010119900307 8515"}
        )
    assert refused.value.field == "national_id"


def test_a_known_phone_number_is_refused_unless_it_is_shared(own: Story, manager: User) -> None:
    given = {"name": "张三", "by": manager, "at": NOW, "manager": manager, "contact": {"phone": "13812345678"}}
    with pytest.raises(RuleBroken):
        register_customer(**given)
    assert register_customer(**given, is_phone_shared=True).pk


def test_a_taken_number_is_refused(own: Story, manager: User) -> None:
    with pytest.raises(RuleBroken, match="1001"):
        register_customer(name="张三", number="1001", by=manager, at=NOW, manager=manager)


def test_a_change_raises_the_version_and_the_trail_names_the_fields(own: Story, manager: User) -> None:
    changed = change_customer(customer=own.customer, by=manager, version=1, name="曾国藩", occupation="Engineer")
    assert (changed.version, changed.initials) == (2, "zgf")
    assert Event.objects.get(action="customer.changed").data == {
        "fields": ["name", "occupation"], "version": 2, "branch": manager.branch_id, "door": "",
    }  # fmt: skip


def test_no_change_leaves_no_trace(own: Story, manager: User) -> None:
    assert change_customer(customer=own.customer, by=manager, name=own.customer.name).version == 1
    assert not Event.objects.exists()


def test_a_change_of_a_row_that_somebody_else_changed_is_refused(own: Story, manager: User) -> None:
    change_customer(customer=own.customer, by=manager, version=1, region="East")
    with pytest.raises(RuleBroken) as refused:
        change_customer(customer=own.customer, by=manager, version=1, region="West")
    assert refused.value.code == "stale"


def test_only_a_head_moves_a_customer_to_another_branch(own: Story, manager: User, head: User, west) -> None:
    with pytest.raises(RuleBroken):
        change_customer(customer=own.customer, by=manager, branch=west)
    assert change_customer(customer=own.customer, by=head, branch=west).branch == west


def test_a_status_has_a_date_that_is_neither_in_the_future_nor_before_the_last(own: Story, manager: User) -> None:
    given = {"customer": own.customer, "by": manager, "as_of": TODAY}
    changed = change_status(**given, status="dormant", on=date(2026, 3, 1))
    assert (changed.status, changed.status_since, changed.version) == ("dormant", date(2026, 3, 1), 2)
    for on in date(2026, 4, 2), date(2026, 2, 28):
        with pytest.raises(RuleBroken) as refused:
            change_status(**given, status="active", on=on)
        assert refused.value.field == "on"


def test_a_head_assigns_a_manager_and_the_trail_keeps_both(own: Story, manager2: User, head: User) -> None:
    changed = assign_manager(customer=own.customer, manager=manager2, by=head, at=NOW, reason="Moved")
    assert changed.manager == manager2
    assert Event.objects.get(action="customer.manager_assigned").data == {
        "before": "manager", "after": "manager2", "reason": "Moved", "version": 2, "branch": head.branch_id, "door": "",
    }  # fmt: skip


def test_a_manager_takes_no_customer_and_a_teller_is_no_manager(own: Story, manager: User, teller, head) -> None:
    with pytest.raises(RuleBroken):
        assign_manager(customer=own.customer, manager=None, by=manager, at=NOW)
    with pytest.raises(RuleBroken):
        assign_manager(customer=own.customer, manager=teller, by=head, at=NOW)


def test_contact_data_change_without_their_values_in_trail_or_history(own: Story, manager: User) -> None:
    changed = change_contact(customer=own.customer, by=manager, phone=PHONE, email="")
    contact = Contact.objects.get(customer=changed)
    assert (contact.phone, contact.email, contact.email_hash) == ("+8613800001111", "", None)
    assert Customer.objects.exactly(PHONE).get() == own.customer
    assert changed.version == 2
    assert Event.objects.get(action="contact.changed").data == {
        "fields": ["email", "phone"], "version": 2, "branch": manager.branch_id, "door": "",
    }  # fmt: skip


def test_history_keeps_what_a_field_was(own: Story, manager: User) -> None:
    change_customer(customer=own.customer, by=manager, region="West")
    assert list(own.customer.events.values_list("region", flat=True)) == [own.customer.region]


def test_the_role_that_serves_may_register_and_change(manager: User, as_app_role: None) -> None:
    new = register_customer(name="李雷", by=manager, at=NOW, manager=manager, contact={"phone": PHONE})
    assert change_customer(customer=new, by=manager, region="East").version == 2
