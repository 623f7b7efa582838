"""The past of a record that was merged or erased: what it had stands with it, or it is said that it is not told."""

from datetime import date, timedelta

import pytest

from customers.duplicates.services import merge_customers, undo_merge
from customers.models import Customer
from tests.customers.past.conftest import AFTER, DAY, known
from tests.factories import CompanyRelationFactory, CustomerFactory, FlagFactory, GuaranteeFactory
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import RiskRatingFactory

pytestmark = pytest.mark.django_db
LATER = (AFTER + timedelta(days=2)).date()


@pytest.fixture
def two(manager, firm) -> tuple[Customer, Customer]:
    """Two records of one person in the manager's book; the one that goes has papers, a risk, a flag and a company."""
    same = {"manager": manager, "branch": manager.branch}
    stays, goes = (known(CustomerFactory(name=name, **same)) for name in ("Zhang Wei", "Zhang Wai"))
    DocumentFactory(customer=goes, passport=True)
    RiskRatingFactory(customer=goes)
    FlagFactory(customer=goes, kind="vulnerable", since=date(2026, 1, 1))
    CompanyRelationFactory(customer=firm, party=goes, owner=True)
    GuaranteeFactory(customer=firm, party=goes)
    return stays, goes


@pytest.fixture
def merged(two, manager):
    stays, goes = two
    return merge_customers(survivor=stays, absorbed=goes, reason="The same passport", by=manager, at=AFTER)


SAID = ("Chinese passport", "Deals in antiques", "Vulnerable", "Lotus Textiles", "2,000,000.00 CNY")


def test_before_a_merge_each_record_has_what_was_its_own(two, merged, manager, told) -> None:
    stays, goes = two
    page, other = told(manager, stays), told(manager, goes)
    assert [text for text in SAID if text in page] == [] and "No document was on file." in page
    assert [text for text in SAID if text in other] == list(SAID)
    assert "Another record became a part of this one on 20 Apr 2026" in page and "was merged into" in other
    later, left = told(manager, stays, LATER), told(manager, goes, LATER)
    assert [text for text in SAID if text in later] == list(SAID) and "Another record" not in later
    assert [text for text in SAID if text in left] == []


def test_a_merge_that_was_undone_moved_nothing(two, merged, manager, told) -> None:
    stays, goes = two
    undo_merge(merge=merged, reason="Two brothers", by=manager, at=AFTER + timedelta(days=1))
    page, other = told(manager, stays), told(manager, goes)
    assert [text for text in SAID if text in page] == [] and [text for text in SAID if text in other] == list(SAID)
    assert "Another record" not in page


def test_along_two_merges_each_record_has_what_was_its_own(two, merged, manager, told) -> None:
    stays, goes = two
    last = known(CustomerFactory(name="Zhang Wee", manager=manager, branch=manager.branch))
    merge_customers(survivor=last, absorbed=stays, reason="Also the same", by=manager, at=AFTER + timedelta(days=1))
    pages = [told(manager, customer) for customer in (goes, stays, last)]
    assert ["Chinese passport" in page for page in pages] == [True, False, False]
    between = [told(manager, customer, AFTER.date()) for customer in (goes, stays, last)]
    assert ["Chinese passport" in page for page in between] == [False, True, False]


def test_who_does_not_see_the_record_that_stands_is_told_that_something_is_missing(
    two, merged, manager2, told, api
) -> None:
    _, goes = two
    Customer.objects.filter(pk=goes.pk).update(manager=manager2, branch=manager2.branch)
    page = told(manager2, goes)
    found = api(manager2).get(f"/api/v1/customers/{goes.pk}/as-of/?on={DAY}").json()
    assert (found["documents"], found["is_whole"]) == ([], False)
    assert "merged into one that is out of your reach" in page and [text for text in SAID if text in page] == []
    assert not any(text in page for text in ("No document was on file.", "not rated", "No consent was in force."))


def test_of_who_was_erased_nothing_is_said_not_to_have_been(manager, told) -> None:
    customer = known(CustomerFactory(manager=manager, branch=manager.branch, name="", erased_on=LATER))
    page = told(manager, customer)
    assert "This customer was erased on 22 Apr 2026." in page
    assert not any(text in page for text in ("No document was on file.", "not rated", "No consent was in force."))
