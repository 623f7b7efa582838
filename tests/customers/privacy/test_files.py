"""The bank's files go on naming a number that was erased: nobody comes back by them, and no feed is partial for it."""

import pytest

from customers.imports.services import import_file
from customers.models import Contact, Customer, Interaction
from tests.customers.privacy.conftest import NAME, PHONE
from tests.customers.privacy.everywhere import places_of

pytestmark = pytest.mark.django_db


def bring(folder, kind: str, *lines: str):
    path = folder / f"{kind}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_file(kind=kind, path=path, by="test", encoding="utf-8")


def test_a_row_about_an_erased_customer_is_taken_as_unchanged_and_writes_nothing(known, erased, tmp_path) -> None:
    erased(known)
    head = "number,kind,name,phone,status"
    result = bring(tmp_path, "customers", head, f"{known.number},person,{NAME},{PHONE},active", "C9,person,Ann,,active")
    assert (result.accepted, result.rejected, result.unchanged) == (2, 0, 1)
    again = Customer.objects.get(pk=known.pk)
    assert (again.name, again.status) == ("", "closed")
    assert not Contact.objects.filter(customer=known).exists() and list(places_of(NAME)) == []


def test_a_contact_with_an_erased_customer_is_rejected(known, erased, tmp_path) -> None:
    erased(known)
    before = Interaction.objects.count()
    result = bring(
        tmp_path, "interactions", "customer,at,channel,note", f"{known.number},2026-01-05T10:00:00,phone,hello"
    )
    assert [error.code for error in result.errors] == ["erased"] and Interaction.objects.count() == before


def test_holders_of_an_erased_number_stay_as_the_bank_keeps_them(former, erased, tmp_path) -> None:
    erased(former)
    account = former.holdings.get().account.number
    assert bring(tmp_path, "holders", "account,customer,role,share", f"{account},{former.number},owner,1").rejected == 0
