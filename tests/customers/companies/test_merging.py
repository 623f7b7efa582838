"""Two records of one company become one: what was noted goes along, and comes back."""

import base64
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import CompanyFigure, CompanyRelation, ContactPerson, GroupMember, Guarantee
from customers.services.keys import rotate_keys
from tests.factories import (
    CompanyFigureFactory,
    CompanyGroupFactory,
    CompanyNewsFactory,
    CompanyRelationFactory,
    ContactPersonFactory,
    CustomerFactory,
    GuaranteeFactory,
    SiteVisitFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def two(manager):
    return [CustomerFactory(company=True, manager=manager, branch=manager.branch) for _ in range(2)]


@pytest.fixture
def merge(two, manager):
    def both():
        return merge_customers(survivor=two[0], absorbed=two[1], reason="The same firm", by=manager, at=NOW)

    return both


def test_what_was_noted_goes_along_and_comes_back(two, merge, manager) -> None:
    stays, goes = two
    rows = [make(customer=goes) for make in (CompanyFigureFactory, ContactPersonFactory, CompanyNewsFactory,
                                             SiteVisitFactory, CompanyRelationFactory, GuaranteeFactory)]  # fmt: skip
    owned = CompanyRelationFactory(owner=True, party=goes)
    done = merge()
    for row in rows:
        row.refresh_from_db()
        assert row.customer == stays, row
    owned.refresh_from_db()
    assert owned.party == stays
    assert undo_merge(merge=done, reason="Two firms", by=manager, at=NOW) == []
    for row in rows:
        row.refresh_from_db()
        assert row.customer == goes, row


def test_what_both_say_stays_with_each(two, merge) -> None:
    stays, goes = two
    person = CustomerFactory()
    for firm in two:
        CompanyFigureFactory(customer=firm)
        CompanyRelationFactory(customer=firm, party=person)
        CompanyRelationFactory(customer=firm, kind="owner", share=Decimal("0.7"))
    CompanyFigureFactory(customer=goes, since=date(2024, 1, 1))
    merge()
    assert CompanyFigure.objects.filter(customer=stays).count() == 2
    assert CompanyRelation.objects.filter(customer=stays).count() == 2


def test_what_is_between_the_two_stays_between_them(two, merge) -> None:
    stays, goes = two
    CompanyRelationFactory(customer=goes, party=stays, owner=True)
    GuaranteeFactory(customer=stays, party=goes)
    merge()
    assert CompanyRelation.objects.get().customer == goes
    assert Guarantee.objects.get().party == goes


def test_two_records_of_which_one_would_own_itself_are_not_merged(two, merge) -> None:
    stays, goes = two
    middle = CustomerFactory(company=True)
    CompanyRelationFactory(customer=middle, party=stays, owner=True)
    CompanyRelationFactory(customer=goes, party=middle, owner=True)
    with pytest.raises(RuleBroken, match="ancestor"):
        merge()
    goes.refresh_from_db()
    assert goes.merged_into is None


def test_a_turned_key_ring_takes_contact_persons_along(settings) -> None:
    old, new = (f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}" for number in (7, 8))
    settings.CRM_ENCRYPTION_KEYS = old
    person = ContactPersonFactory()
    settings.CRM_ENCRYPTION_KEYS = f"{new},{old}"
    rotate_keys(by="test")
    settings.CRM_ENCRYPTION_KEYS = new
    assert ContactPerson.objects.get(pk=person.pk).phone == "+8613912345678"
    assert not person.events.exists()


def test_a_group_keeps_its_member_where_the_other_record_was_in_another_once(two, merge, manager) -> None:
    stays, goes = two
    old, group = CompanyGroupFactory(), CompanyGroupFactory()
    GroupMember.objects.create(group=old, customer=stays, since=date(2018, 1, 1), until=date(2020, 1, 1))
    member = GroupMember.objects.create(group=group, customer=goes, since=date(2019, 1, 1))
    done = merge()
    day = date(2026, 4, 1)
    held = [row.customer for row in GroupMember.objects.filter(group=group) if row.holds(day)]
    assert held == [stays]
    assert undo_merge(merge=done, reason="Two firms", by=manager, at=NOW) == []
    held = [row.pk for row in GroupMember.objects.filter(group=group) if row.holds(day)]
    assert held == [member.pk]


def test_two_members_of_one_group_are_one(two, merge) -> None:
    group = CompanyGroupFactory()
    for firm in two:
        GroupMember.objects.create(group=group, customer=firm, since=date(2019, 1, 1))
    merge()
    assert [row.customer for row in GroupMember.objects.all() if row.holds(date(2026, 4, 1))] == [two[0]]
