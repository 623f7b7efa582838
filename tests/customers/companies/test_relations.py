"""Who owns and runs a company: no circle, no more than the whole, one parent a day, and nothing that was said is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.companies.parties import is_lei, outside_party
from customers.companies.services import correct, note
from customers.models import CompanyRelation, OutsideParty
from tests.factories import CompanyRelationFactory, CustomerFactory, OutsidePartyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SAID = {"by": "test", "at": NOW}
SINCE = date(2024, 1, 1)
# of the Global Legal Entity Identifier Foundation itself
LEI = "506700GE1G29325QX363"


def company(**kwargs):
    return CustomerFactory(company=True, **kwargs)


def owns(owner, owned, share="0.6", since=SINCE, until=None, kind="owner"):
    share = Decimal(share) if kind == "owner" else None
    return note(CompanyRelation, customer=owned, party=owner, kind=kind, share=share, since=since, until=until, **SAID)


def test_a_company_is_never_its_own_ancestor() -> None:
    top, middle, bottom = company(), company(), company()
    owns(top, middle)
    owns(middle, bottom, kind="parent")

    with pytest.raises(RuleBroken) as refusal:
        owns(bottom, top, share="0.01")

    assert (refusal.value.field, refusal.value.code) == ("party", "company_never_owns_itself")
    assert CompanyRelation.objects.count() == 2


def test_who_belonged_to_a_company_may_own_it_later() -> None:
    """What was sold may buy: a circle is one on some day only."""
    first, second = company(), company()
    owns(first, second, until=date(2025, 1, 1))
    owns(second, first, since=date(2025, 1, 1))
    with pytest.raises(RuleBroken):
        correct(CompanyRelation.objects.get(party=first), until=date(2025, 1, 2), **SAID)


def test_the_database_itself_refuses_a_circle_and_more_than_the_whole() -> None:
    first, second = company(), company()
    owns(first, second)
    for wrong in (
        {"customer": first, "party": second, "kind": "parent"},
        {"customer": second, "party": company(), "kind": "owner", "share": Decimal("0.400001")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CompanyRelationFactory(since=SINCE, **wrong)


def test_the_shares_of_owners_are_at_most_all_on_each_day() -> None:
    owned = company()
    owns(company(), owned, "0.6", until=date(2025, 1, 1))
    owns(CustomerFactory(), owned, "0.4")
    late = owns(company(), owned, "0.6", since=date(2025, 1, 1))
    with pytest.raises(RuleBroken, match="100 %"):
        correct(late, since=date(2024, 12, 31), **SAID)
    with pytest.raises(RuleBroken, match="100 %"):
        owns(company(), owned, "0.000001", since=date(2026, 1, 1))
    correct(late, share=Decimal("0.5"), **SAID)
    owns(company(), owned, "0.1", since=date(2026, 1, 1))


def test_a_party_outside_owns_with_the_others() -> None:
    owned = company()
    note(CompanyRelation, customer=owned, outsider=OutsidePartyFactory(), kind="owner", share=Decimal("0.7"),
         since=SINCE, **SAID)  # fmt: skip
    with pytest.raises(RuleBroken, match="100 %"):
        owns(company(), owned, "0.4")


def test_buyers_are_summed_apart_from_owners() -> None:
    seller = company()
    owns(company(), seller, "1")
    for share in ("0.7", "0.3"):
        note(CompanyRelation, customer=seller, party=company(), kind="buyer", share=Decimal(share), since=SINCE, **SAID)
    with pytest.raises(RuleBroken, match="100 %"):
        note(CompanyRelation, customer=seller, party=company(), kind="buyer", share=Decimal("0.1"), since=SINCE, **SAID)


def test_a_company_has_one_parent_and_one_legal_representative_a_day() -> None:
    owned = company()
    owns(company(), owned, kind="parent")
    with pytest.raises(RuleBroken, match="one at a time"):
        owns(company(), owned, kind="parent", since=date(2025, 1, 1))
    for _ in range(2):
        note(CompanyRelation, customer=owned, party=CustomerFactory(), kind="director", since=SINCE, **SAID)


def test_the_same_relation_is_told_once_for_a_day() -> None:
    person, owned = CustomerFactory(), company()
    first = note(CompanyRelation, customer=owned, party=person, kind="director", since=SINCE, **SAID)
    with pytest.raises(RuleBroken) as refusal:
        note(CompanyRelation, customer=owned, party=person, kind="director", since=date(2025, 5, 1), **SAID)
    assert refusal.value.field == "since"
    correct(first, until=date(2025, 5, 1), **SAID)
    note(CompanyRelation, customer=owned, party=person, kind="director", since=date(2025, 5, 1), **SAID)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "parent", "share": None}, "party"),  # of a person
        ({"kind": "executive", "share": Decimal("0.5")}, "share"),
        ({"kind": "owner", "share": Decimal("1.01")}, "share"),
        ({"kind": "owner", "share": Decimal(0)}, "share"),
        ({"kind": "owner", "since": date(2026, 6, 2)}, "since"),
        ({"kind": "owner", "until": date(2023, 12, 31)}, "until"),
    ],
)
def test_what_no_company_can_have_is_refused_beside_its_input(said: dict, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        note(CompanyRelation, customer=company(), party=CustomerFactory(), **{"since": SINCE} | said, **SAID)
    assert refusal.value.field == field


def test_a_person_has_no_owners_and_a_company_is_no_director() -> None:
    with pytest.raises(RuleBroken, match="companies"):
        owns(company(), CustomerFactory())
    with pytest.raises(RuleBroken, match="person"):
        note(CompanyRelation, customer=company(), party=company(), kind="director", since=SINCE, **SAID)


def test_a_correction_keeps_what_stood_before_and_says_who() -> None:
    row = owns(company(), company(), "0.6")
    correct(row, share=Decimal("0.51"), remark="Register of 3 March", version=1, **SAID)
    with pytest.raises(RuleBroken, match="meantime"):
        correct(row, share=Decimal("0.7"), version=1, **SAID)
    row.refresh_from_db()
    assert (row.share, row.version) == (Decimal("0.51"), 2)
    assert [(each.share, each.version) for each in row.events.all()] == [(Decimal("0.6"), 1)]
    assert Event.objects.get(action="companyrelation.corrected").data["fields"] == ["remark", "share"]


def test_nobody_gives_a_relation_to_another_company_nor_deletes_it() -> None:
    row = owns(company(), company())
    for change in ({"customer": company()}, {"party": company()}, {"kind": "parent"}):
        with pytest.raises(Exception, match=r"goes to another|Cannot update"), transaction.atomic():
            CompanyRelation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        row.delete()


def test_one_that_never_held_keeps_no_place() -> None:
    owned = company()
    wrong = owns(company(), owned, "0.9")
    correct(wrong, until=wrong.since, **SAID)
    owns(company(), owned, "1")


def test_a_party_outside_is_known_again_by_its_numbers_and_never_by_its_name() -> None:
    first = outside_party(name="Müller Holding AG", country="DE", lei=LEI, by="test", at=NOW)
    assert outside_party(name="MULLER  Holding AG", lei=LEI.lower(), by="test", at=NOW) == first
    assert outside_party(name="Müller Holding AG", country="DE", by="test", at=NOW) != first
    with pytest.raises(RuleBroken, match="Müller"):
        outside_party(name="Meier", lei=LEI, by="test", at=NOW)
    assert OutsideParty.objects.count() == 2


@pytest.mark.parametrize("text", ["506700GE1G29325QX364", "506700GE1G29325QX36", "506700GE1G29325QX3G3", ""])
def test_a_wrong_lei_is_noticed(text: str) -> None:
    assert is_lei(LEI) and not is_lei(text)


def test_of_a_person_outside_no_number_is_kept() -> None:
    with pytest.raises(RuleBroken):
        outside_party(
            name="Hans", kind="person", country="DE", registration_number="110101199003078515", by="test", at=NOW
        )
