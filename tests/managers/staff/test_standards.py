"""New customers of a tier go to managers who meet what it asks; who has customers keeps them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.models import Customer
from customers.services import assign_manager
from managers.books.absences import record_absence
from managers.books.services import appoint
from managers.models import Assignment, ManagerStandard
from managers.staff.services import say_grade
from managers.staff.standards import asked_on, eligible
from tests.factories import (
    CertificateFactory,
    CustomerFactory,
    ManagerGradeFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
GOLD = {"grade": "senior", "certificates": ["cfp", "fund"]}


@pytest.fixture
def golden(east) -> Customer:
    """In nobody's book."""
    customer = CustomerFactory(branch=east)
    TierPeriodFactory(customer=customer, tier=TierFactory(code="gold", name="Gold"))
    return customer


def today():
    return timezone.localdate()


def make_able(manager, grade="senior", kinds=("cfp", "fund"), **certificate) -> None:
    ManagerGradeFactory(manager=manager, grade=grade)
    for kind in kinds:
        CertificateFactory(manager=manager, kind=kind, **certificate)


def test_of_each_tier_those_are_eligible_who_meet_all_it_asks(
    golden, manager, manager2, ask_of, django_assert_num_queries
):
    make_able(manager)
    make_able(manager2, grade="intermediate")
    third = UserFactory(manager=True)
    make_able(third, valid_until=today() - timedelta(1))
    fourth = UserFactory(manager=True)
    make_able(fourth, grade="principal")
    ask_of(gold=GOLD)
    with django_assert_num_queries(2):
        found = eligible(on=today())
    assert found.of("gold") == {manager.pk, fourth.pk}
    assert found.of("standard") == found.everybody == {manager.pk, manager2.pk, third.pk, fourth.pk}


def test_a_certificate_counts_on_its_last_day_and_no_longer(golden, manager, ask_of):
    last = today() + timedelta(10)
    make_able(manager, valid_until=last)
    ask_of(gold=GOLD)
    assert [bool(eligible(on=day).of("gold")) for day in (last, last + timedelta(1))] == [True, False]


def test_a_primary_is_refused_with_what_is_missing_and_who_has_the_customer_keeps_them(golden, manager, head, ask_of):
    make_able(manager, grade="junior", kinds=["fund"])
    given = {"customer": golden, "manager": manager, "by": head, "at": timezone.now()}
    assign_manager(**given)
    ask_of(gold=GOLD)
    assert assign_manager(**given).manager == manager
    assign_manager(**given | {"manager": None})
    with pytest.raises(RuleBroken) as refused:
        assign_manager(**given)
    said = str(refused.value)
    assert (refused.value.field, refused.value.code) == ("manager", "unable")
    assert "tier Gold" in said and "grade Senior or higher (theirs: Junior)" in said
    assert "Certified financial planner (CFP)" in said and "Fund practitioner" not in said
    golden.refresh_from_db()
    assert golden.manager is None


def test_a_backup_and_a_cover_are_refused_alike_and_a_sponsor_is_not(golden, manager, head, east, ask_of):
    second = UserFactory(username="second", manager=True, branch=east)
    assign_manager(customer=golden, manager=manager, by=head, at=timezone.now())
    ask_of(gold={"grade": "senior"})
    beside = {"customer": golden, "since": today(), "by": head, "at": timezone.now()}
    with pytest.raises(RuleBroken, match="Gold"):
        appoint(manager=second, role=Assignment.Role.BACKUP, **beside)
    appoint(manager=second, role=Assignment.Role.SPONSOR, **beside)
    away = {"manager": manager, "kind": "leave", "since": today(), "until": today() + timedelta(3), "by": head}
    with pytest.raises(RuleBroken) as refused:
        record_absence(cover=second, at=timezone.now(), **away)
    assert refused.value.field == "cover"
    say_grade(manager=second, grade="principal", since=today(), by=head, at=timezone.now())
    assert record_absence(cover=second, at=timezone.now(), **away).cover == second


def test_what_is_asked_begins_on_its_day_and_the_newest_version_counts(golden, ask_of):
    ask_of(gold={"grade": "junior"})
    ask_of(effective_from=today() + timedelta(5), gold={"grade": "principal"})
    ask_of(gold={"grade": "senior"})
    assert asked_on(today())["gold"].grade == "senior"
    assert asked_on(today() + timedelta(5))["gold"].grade == "principal"
    assert asked_on(today() - timedelta(1)) == {}


def test_the_database_keeps_versions_and_four_eyes(golden, ask_of, approver):
    version = ask_of(gold={"grade": "junior"})
    with pytest.raises(DatabaseError), transaction.atomic():
        ManagerStandard.objects.filter(pk=version.pk).update(content={"tiers": {}})
    with pytest.raises(DatabaseError), transaction.atomic():
        version.pk, version.number = None, 2
        version.content = {"tiers": {}}
        version.save(force_insert=True)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "content"),
        ({"tiers": []}, "content"),
        ({"tiers": {"iron": {"grade": "senior"}}}, "tiers.iron"),
        ({"tiers": {"gold": {}}}, "tiers.gold"),
        ({"tiers": {"gold": {"grade": "emperor"}}}, "tiers.gold.grade"),
        ({"tiers": {"gold": {"certificates": ["cfp", "cfp"]}}}, "tiers.gold.certificates"),
        ({"tiers": {"gold": {"certificates": [{}]}}}, "tiers.gold.certificates"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(golden, admin, content, field, api):
    asked = {"kind": "manager_standards", "title": "Asked", "reason": "New", "content": content}
    answer = api(admin).post("/api/v1/proposals/", asked, format="json")
    assert answer.status_code in (400, 409) and field in str(answer.json()["errors"])
