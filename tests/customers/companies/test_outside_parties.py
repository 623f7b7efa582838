"""What was mistyped of a party outside the bank is corrected by who reaches all that name it; what stood before stays."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, InternalError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.companies.history import earlier_of
from customers.companies.parties import correct_party, outside_party
from customers.models import Customer, OutsideParty
from tests.at_once import at_once
from tests.factories import (
    BranchFactory,
    CompanyRelationFactory,
    CustomerFactory,
    GuaranteeFactory,
    OutsidePartyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)
LEI, OTHER_LEI = "529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12"
REST = "/api/v1/companies/outside-parties"


@pytest.fixture
def firm(manager) -> Customer:
    return CustomerFactory(company=True, manager=manager, branch=manager.branch)


@pytest.fixture
def abroad(firm) -> OutsideParty:
    party = OutsidePartyFactory(name="Nordwnd AG", country="DE", lei=LEI)
    CompanyRelationFactory(customer=firm, abroad=True, outsider=party)
    return party


def test_a_name_and_a_number_are_corrected_and_what_stood_before_stays(abroad, manager, head):
    correct_party(party=abroad, name=" Nordwind  AG ", reason="Extract of the register", by=manager, at=NOW, version=1)
    found = correct_party(party=abroad, lei=OTHER_LEI.lower(), reason="Another LEI", by=head, at=NOW)
    assert (found.name, found.lei, found.version, found.reason) == ("Nordwind AG", OTHER_LEI, 3, "Another LEI")
    second, first = earlier_of(OutsideParty.objects.get(pk=abroad.pk))
    assert (second.fields, second.by, second.because) == ([("LEI", LEI)], str(manager), "Another LEI")
    assert (first.fields, first.because) == ([("name", "Nordwnd AG")], "Extract of the register")
    assert (first.by, first.corrected_by, second.corrected_by) == ("", str(manager), str(head))
    event = Event.objects.filter(action="outside_party.corrected").first()
    assert event.data["reason"] and "Nordw" not in str(event.data)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"lei": "529900T8BM49AURSDO56"}, "lei"),
        ({"country": "D1"}, "country"),
        ({"country": "", "registration_number": "HRB 1"}, "country"),
        ({"lei": OTHER_LEI}, "lei"),
        ({"registration_number": "HRB 7"}, "registration_number"),
        ({"name": "Nordwind AG", "reason": "  "}, "reason"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(abroad, manager, said, field):
    outside_party(name="Südwind AG", country="DE", lei=OTHER_LEI, registration_number="HRB 7", by="test", at=NOW)
    with pytest.raises(RuleBroken) as refused:
        correct_party(**{"party": abroad, "reason": "Mistyped", "by": manager, "at": NOW} | said)
    assert refused.value.field == field
    assert OutsideParty.objects.get(pk=abroad.pk).version == 1


def test_of_a_person_outside_no_number_is_kept(firm, manager):
    person = OutsidePartyFactory(kind="person", name="Zhao", country="")
    CompanyRelationFactory(customer=firm, party=None, outsider=person)
    with pytest.raises(RuleBroken):
        correct_party(party=person, registration_number="1", country="CN", reason="x", by=manager, at=NOW)
    assert correct_party(party=person, name="Zhao Yun", reason="Mistyped", by=manager, at=NOW).name == "Zhao Yun"


@pytest.mark.parametrize("factory", [CompanyRelationFactory, GuaranteeFactory])
def test_a_party_that_a_company_out_of_reach_names_too_is_left_to_who_reaches_both(abroad, manager, factory):
    far = CustomerFactory(company=True, branch=BranchFactory())
    factory(customer=far, party=None, outsider=abroad)
    with pytest.raises(RuleBroken) as refused:
        correct_party(party=abroad, name="Nordwind AG", reason="Mistyped", by=manager, at=NOW)
    assert refused.value.code == "reach"
    Customer.objects.filter(pk=far.pk).update(manager=manager, branch=manager.branch)
    assert correct_party(party=abroad, name="Nordwind AG", reason="Mistyped", by=manager, at=NOW).version == 2


def test_whoever_names_it_first_has_said_it(manager):
    made = outside_party(name="Südwind AG", by=manager, at=NOW)
    assert (made.by, made.noted_at, made.version) == (manager, NOW, 1)
    correct_party(party=CompanyRelationFactory(customer__company=True, customer__manager=manager, party=None, outsider=made).outsider,
                  name="Südwind SE", reason="Mistyped", by=manager, at=NOW)  # fmt: skip
    assert earlier_of(OutsideParty.objects.get(pk=made.pk))[0].by == str(manager)


def test_why_and_by_whom_it_was_corrected_is_told_to_who_may_correct_it(abroad, manager, auditor, signed_in, api):
    correct_party(party=abroad, name="Nordwind AG", reason="Told by Ms Zhao", by=manager, at=NOW)
    page, address = f"/companies/outside-party/{abroad.pk}/", f"{REST}/{abroad.pk}/"
    assert "Told by Ms Zhao" in signed_in(manager).get(page).text
    assert api(manager).get(address).json()["by"] == "manager"
    CompanyRelationFactory(customer=CustomerFactory(company=True, branch=BranchFactory()), party=None, outsider=abroad)
    seen = signed_in(manager).get(page).text
    assert "Nordwind AG" in seen and "Told by Ms Zhao" not in seen and "Nordwnd" not in seen
    for told in (api(manager).get(address).json(), api(manager).get(f"{REST}/").json()["results"][0]):
        assert (told["name"], told["reason"], told["by"]) == ("Nordwind AG", "", None)
    assert api(auditor).get(address).json()["reason"] == "Told by Ms Zhao"


def test_nothing_changed_tells_nothing_of_who_else_names_it(abroad, manager):
    CompanyRelationFactory(customer=CustomerFactory(company=True, branch=BranchFactory()), party=None, outsider=abroad)
    assert correct_party(party=abroad, name=abroad.name, reason="", by=manager, at=NOW).version == 1


def test_who_was_overtaken_is_told(abroad, manager):
    correct_party(party=abroad, name="Nordwind AG", reason="Mistyped", by=manager, at=NOW, version=1)
    with pytest.raises(RuleBroken) as refused:
        correct_party(party=abroad, name="Nordwend AG", reason="Mistyped", by=manager, at=NOW, version=1)
    assert refused.value.code == "stale"
    same = correct_party(party=abroad, name="Nordwind AG", reason="", by=manager, at=NOW, version=2)
    assert same.version == 2


@pytest.mark.parametrize("change", [{"name": "Other"}, {"kind": "person"}, {"name": "Other", "version": 3}])
def test_the_database_lets_nothing_change_without_its_history(abroad, change, as_app_role):
    with pytest.raises(InternalError), transaction.atomic():
        OutsideParty.objects.filter(pk=abroad.pk).update(**change)


def test_the_database_wants_a_reason_and_keeps_every_party(abroad, as_app_role):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideParty.objects.filter(pk=abroad.pk).update(name="Other", version=2)
    with pytest.raises(InternalError), transaction.atomic():
        OutsideParty.objects.filter(pk=OutsidePartyFactory().pk).delete()


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_at_once_lose_nothing():
    manager = UserFactory(manager=True, branch=BranchFactory())
    firm = CustomerFactory(company=True, manager=manager, branch=manager.branch)
    party = CompanyRelationFactory(customer=firm, abroad=True).outsider

    def correct(name: str):
        return lambda: correct_party(party=party, name=name, reason="Mistyped", by=manager, at=NOW, version=1)

    wrong = at_once([correct("Nord AG"), correct("Süd AG")])
    assert [getattr(error, "code", error) for error in wrong] == ["stale"]
    assert OutsideParty.objects.get().version == 2


def test_it_is_corrected_on_its_page(abroad, firm, manager, signed_in):
    desk, address = signed_in(manager), f"/companies/outside-party/{abroad.pk}/"
    assert address in desk.get(f"/customers/{firm.pk}/?tab=relations").text
    form = desk.get(address).context["form"]
    typed = {name: form[name].value() for name in ("name", "country", "lei", "registration_number", "version")}
    assert desk.post(address, typed | {"name": "Nordwind AG"}).status_code == 422
    correct_party(party=abroad, country="AT", reason="It moved", by=manager, at=NOW)
    overtaken = desk.post(address, typed | {"name": "Nordwind AG", "reason": "Mistyped"})
    assert overtaken.status_code == 422 and "in the meantime" in overtaken.text and "Nordwind AG" in overtaken.text
    now = {"name": "Nordwind AG", "country": "AT", "reason": "Mistyped", "version": 2}
    answer = desk.post(address, typed | now)
    assert answer.url == f"/customers/{firm.pk}/?tab=relations"
    page = desk.get(address).text
    assert (
        "Nordwnd AG" in page
        and f"Corrected because: Mistyped · {manager}" in page
        and "Corrected because: It moved" in page
    )


def test_it_is_corrected_over_rest_by_the_version_that_was_read(abroad, manager, teller, api):
    program, address = api(manager), f"{REST}/{abroad.pk}/"
    read = program.get(address)
    assert program.patch(address, {"name": "Nordwind AG"}, format="json").status_code == 428
    stamp = {"If-Match": read["ETag"]}
    assert program.patch(address, {"name": "Nordwind AG"}, format="json", headers=stamp).json()["errors"].keys() == {"reason"}  # fmt: skip
    said = {"name": "Nordwind AG", "reason": "Mistyped", "kind": "person"}
    told = program.patch(address, said, format="json", headers=stamp).json()
    assert (told["name"], told["kind"], told["by"], told["version"]) == ("Nordwind AG", "company", "manager", 2)
    assert program.patch(address, said, format="json", headers=stamp).status_code == 412
    assert program.get("/api/v1/companies/relations/").json()["results"][0]["outsider"]["id"] == abroad.pk
    assert api(teller).patch(address, said, format="json", headers={"If-Match": "*"}).status_code == 403


def test_a_party_that_nobody_in_reach_names_is_not_found(manager, signed_in, api):
    party = CompanyRelationFactory(customer=CustomerFactory(company=True), abroad=True).outsider
    assert signed_in(manager).get(f"/companies/outside-party/{party.pk}/").status_code == 404
    assert api(manager).get(f"{REST}/").json()["results"] == []
