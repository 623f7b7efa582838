"""The bank's files go on naming a merged record by its number: what they bring belongs to the one that stands."""

from datetime import UTC, datetime

import pytest

from customers.duplicates.services import merge_customers, undo_merge
from customers.models import AccountHolder, Customer, Interaction
from tests.customers.imports.conftest import accounts
from tests.factories import CustomerFactory

__all__ = ["accounts"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
CONTACT = ("interactions", "customer,at,channel,note", "N2,2026-03-01T09:00:00+08:00,phone,Called")


@pytest.fixture
def merged(manager, accounts):
    def act():
        rows = {number: Customer.objects.get(number=number) for number in ("N1", "N2")}
        return merge_customers(survivor=rows["N1"], absorbed=rows["N2"], reason="The same passport", by=manager, at=NOW)

    for number in ("N1", "N2"):
        CustomerFactory(number=number, manager=manager, branch=manager.branch)
    return act


def test_what_a_file_brings_for_a_merged_number_goes_to_the_record_that_stands(bring, merged) -> None:
    merged()
    assert bring("holders", "account,customer", "A1,N2").accepted == 1
    bring(*CONTACT)
    assert AccountHolder.objects.get().customer.number == "N1"
    assert Interaction.objects.get().customer.number == "N1"


def test_a_contact_that_moved_is_known_again_when_its_file_comes_again(bring, merged, manager) -> None:
    bring(*CONTACT)
    merge = merged()
    result = bring(*CONTACT)
    assert (result.unchanged, Interaction.objects.get().customer.number) == (1, "N1")
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    result = bring(*CONTACT)
    assert (result.unchanged, Interaction.objects.get().customer.number) == (1, "N2")


def test_a_contact_that_a_file_told_of_both_stays_once(bring, merged) -> None:
    bring(
        "interactions",
        "customer,at,channel",
        "N1,2026-03-01T09:00:00+08:00,phone",
        "N2,2026-03-01T09:00:00+08:00,phone",
    )
    merged()
    assert Interaction.objects.filter(customer__number="N1").count() == 1


def test_the_record_that_was_merged_takes_its_own_data_but_stays_closed(bring, merged) -> None:
    merged()
    bring("customers", "number,kind,name,status", "N2,person,李娜,active", encoding="utf-8")
    gone = Customer.objects.get(number="N2")
    assert (gone.name, gone.status) == ("李娜", Customer.Status.CLOSED)
    result = bring("customers", "number,kind,name,status", "N2,person,李娜,active", encoding="utf-8")
    assert result.unchanged == 1


def test_a_file_that_names_both_numbers_of_one_holder_gives_them_both_shares(bring, merged, manager) -> None:
    rows = ("holders", "account,customer,role,share", "A1,N1,joint,0.5", "A1,N2,joint,0.5")
    bring(*rows)
    merge = merged()
    result = bring(*rows)
    assert (result.accepted, result.rejected, AccountHolder.objects.get().share) == (2, 0, 1)
    bring("holders", "account,customer,role,share", "A1,N1,authorised,0", "A1,N2,owner,0.4", "A1,N2,owner,0.4")
    holder = AccountHolder.objects.get()
    assert (holder.role, float(holder.share)) == ("owner", 0.4)
    bring(*rows)
    assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW) == []
    assert {row.customer.number: float(row.share) for row in AccountHolder.objects.all()} == {"N1": 0.5, "N2": 0.5}
