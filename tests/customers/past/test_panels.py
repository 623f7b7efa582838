"""What stood around a customer on a past day: as it was said then, for who may read the same of today."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from customers.companies.parties import correct_party
from customers.companies.services import correct
from customers.models import Document, KycReview
from customers.past.known import consents_of
from customers.past.reading import Past
from tests.customers.past.conftest import AFTER, BEFORE, DAY, known
from tests.factories import (
    CompanyRelationFactory,
    ConsentFactory,
    CreditLimitFactory,
    CustomerFactory,
    GroupMemberFactory,
    GuaranteeFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.kyc import KycReviewFactory, RiskRatingFactory
from tests.factories.living import PreferenceFactory

pytestmark = pytest.mark.django_db


def test_a_limit_is_told_as_it_was_said_by_the_day(firm, manager, told) -> None:
    limit = CreditLimitFactory(customer=firm)
    for amount, at in ((6_000_000, BEFORE), (8_000_000, AFTER), (9_000_000, AFTER + timedelta(days=1))):
        correct(limit, amount=Decimal(amount), by=manager, at=at)

    page = told(manager, firm)

    assert "6,000,000.00 CNY" in page and "corrected later" in page
    assert not any(f"{amount},000,000.00" in page for amount in (5, 8, 9))
    later = told(manager, firm, AFTER.date() + timedelta(days=1))
    assert "9,000,000.00 CNY" in later and "corrected later" not in later


def test_relations_are_those_that_held_and_what_was_noted_since_says_so(firm, manager, told) -> None:
    ended = CompanyRelationFactory(customer=firm, party=None, outsider__name="Early Holding", abroad=True)
    correct(ended, until=date(2026, 2, 1), by=manager, at=AFTER)
    CompanyRelationFactory(customer=firm, party=CustomerFactory(name="Wu Later", manager=manager), noted_at=AFTER)
    CompanyRelationFactory(
        customer=firm, party=CustomerFactory(name="Xu Next", manager=manager), since=date(2026, 4, 1)
    )

    page = told(manager, firm)

    assert "Early Holding" in page and "Xu Next" not in page
    assert "Wu Later" in page and "noted only on 20 Apr 2026" in page
    assert "Early Holding" not in told(manager, firm, AFTER.date())


def test_who_is_out_of_reach_today_is_not_named_in_the_past(firm, other, manager, told) -> None:
    CompanyRelationFactory(customer=firm, party=other.customer, owner=True)
    GuaranteeFactory(customer=firm, party=other.customer)
    member = GroupMemberFactory(customer=firm, until=date(2026, 4, 2))
    GroupMemberFactory(group=member.group, customer=CustomerFactory(company=True, name="Far Mills"))

    page = told(manager, firm)

    assert page.count("A customer out of your reach") == 2 and other.customer.name not in page
    assert member.group.name in page and "1 more member is out of your reach." in page and "Far Mills" not in page
    assert "In no group" in told(manager, firm, date(2026, 4, 2))


def test_of_a_person_the_companies_and_what_they_answered_for(own, firm, manager, told) -> None:
    CompanyRelationFactory(customer=firm, party=own.customer, owner=True)
    GuaranteeFactory(customer=firm, party=own.customer, until=date(2026, 4, 2))
    page = told(manager, own.customer)
    assert "Lotus Textiles" in page and "60 %" in page and "2,000,000.00 CNY" in page
    later = told(manager, own.customer, date(2026, 4, 2))
    assert "Lotus Textiles" in later and "2,000,000.00" not in later


def test_what_happened_at_midnight_is_of_the_next_day(own, manager, told) -> None:
    midnight = datetime(2026, 3, 31, 16, tzinfo=UTC)
    ConsentFactory(customer=own.customer, given_at=midnight)
    ConsentFactory(customer=own.customer, channel="sms", given_at=BEFORE, withdrawn_at=midnight)
    DocumentFactory(customer=own.customer, closed_at=midnight, closed_as="lost")
    DocumentFactory(customer=own.customer, passport=True, recorded_at=midnight)

    consents = [each.given_at for each in consents_of(Past(own.customer, DAY))]
    page, later = told(manager, own.customer), told(manager, own.customer, date(2026, 4, 1))

    assert consents == [BEFORE]
    assert [each.given_at for each in consents_of(Past(own.customer, date(2026, 4, 1)))] == [midnight]
    assert "Resident identity card" in page and "Chinese passport" not in page
    assert "Chinese passport" in later and "Resident identity card" not in later


def test_documents_are_those_on_file_with_their_state_of_then(own, manager, told) -> None:
    DocumentFactory(customer=own.customer, valid_until=date(2026, 4, 10), closed_at=AFTER, closed_as="replaced")
    DocumentFactory(customer=own.customer, passport=True, recorded_at=AFTER)
    DocumentFactory(customer=own.customer, type="hk_macau_permit", closed_at=BEFORE, closed_as="lost")
    DocumentFactory(customer=own.customer, type="taiwan_permit", closed_at=AFTER, closed_as="mistake")

    page = told(manager, own.customer)

    assert "Resident identity card 110***********8515 ends soon" in page
    assert "passport" not in page and "Hong Kong" not in page and "110101199003078515" not in page
    assert page.count("found to be a mistake later") == 1
    assert "Chinese passport" in told(manager, own.customer, AFTER.date())
    assert Document.objects.count() == 4


def test_the_risk_and_the_reviews_are_those_of_the_day(own, manager, teller, told) -> None:
    RiskRatingFactory(customer=own.customer)
    RiskRatingFactory(customer=own.customer, level="high", reason="Named in a list", rated_at=AFTER)
    KycReviewFactory(customer=own.customer, begun=True, state="done", conclusion="keep", concluded_at=AFTER)

    page = told(manager, own.customer)

    assert "Money-laundering risk: Medium" in page and "Deals in antiques" in page and "Named in a list" not in page
    assert "A KYC review was under way." in page and "Go on as before" not in page
    later = told(manager, own.customer, AFTER.date())
    assert "Money-laundering risk: High" in later and "Last KYC review: Go on as before" in later
    assert "Money-laundering" not in told(teller, own.customer) and KycReview.objects.count() == 1


def test_the_review_of_a_case_stands_beside_the_customer_s_own(own, head, manager, told, api) -> None:
    done = {"customer": own.customer, "begun": True, "state": "done"}
    KycReviewFactory(**done, conclusion="keep", remark="Salary", concluded_at=BEFORE)
    KycReviewFactory(**done, case=True, conclusion="watch", remark="Odd", concluded_at=BEFORE + timedelta(days=1))

    page = told(head, own.customer)

    assert "Last KYC review: Go on as before 20 Mar 2026 · Salary" in page
    assert "AML case KYC review: Go on, watched closely 21 Mar 2026 · Odd" in page
    assert "Odd" not in told(manager, own.customer)
    address = f"/api/v1/customers/{own.customer.pk}/as-of/?on={DAY}"
    assert [row["remark"] for row in api(head).get(address).json()["kyc"]["case_reviews"]] == ["Odd"]


def test_a_case_is_told_to_a_token_that_carries_the_clearance(own, head, api) -> None:
    RiskRatingFactory(customer=own.customer, case=True)
    KycReviewFactory(customer=own.customer, case=True, begun=True)
    address = f"/api/v1/customers/{own.customer.pk}/as-of/?on={DAY}"
    narrow = ("customers:read", "accounts:read", "kyc-reviews:read", "kyc-ratings:read")
    found = api(head, *narrow).get(address).json()["kyc"]
    assert (found["cases"], found["begun"]) == ([], [])
    found = api(head, *narrow, "aml-cases:read").get(address).json()["kyc"]
    assert (len(found["cases"]), len(found["begun"])) == (1, 1)


def test_a_case_of_then_is_told_to_the_cleared_alone(own, manager, head, told) -> None:
    RiskRatingFactory(customer=own.customer, case=True, ended_at=AFTER)
    KycReviewFactory(customer=own.customer, case=True, begun=True)
    assert "Cash in many small sums" in told(head, own.customer)
    page = told(manager, own.customer)
    assert "AML case" not in page and "Cash in many" not in page and "under way" not in page
    assert "Cash in many small sums" not in told(head, own.customer, AFTER.date())


def test_preferences_are_those_known_by_the_day(manager, teller, told) -> None:
    customer = known(CustomerFactory(preferred_time="morning", manager=manager, branch=manager.branch))
    PreferenceFactory(customer=customer, ended_at=AFTER)
    PreferenceFactory(customer=customer, value="王总", recorded_at=AFTER)
    PreferenceFactory(customer=customer, kind="gift", value="Tea", learnt_on=date(2026, 3, 1))
    PreferenceFactory(customer=customer, kind="time", value="evening")
    customer.preferred_time = "evening"
    customer.save(update_fields=["preferred_time"])

    page = told(manager, customer)

    assert "王老师 The customer said so, 15 Jan 2026" in page and "王总" not in page
    assert "Tea The customer said so, 1 Mar 2026" in page and "Tea" not in told(teller, customer)
    assert "Evening" not in page and "Preferred time Morning the customer's record" in page
    assert "王总" in told(manager, customer, AFTER.date())


def test_the_endpoint_tells_each_section_to_whose_token_carries_it(firm, manager, teller, api) -> None:
    limit = CreditLimitFactory(customer=firm)
    correct(limit, amount=Decimal(8_000_000), by=manager, at=AFTER)
    CompanyRelationFactory(customer=firm, party=CustomerFactory(name="Hidden"), owner=True)
    DocumentFactory(customer=firm, credit_code=True)
    RiskRatingFactory(customer=firm)
    address = f"/api/v1/customers/{firm.pk}/as-of/?on={DAY}"

    found = api(manager).get(address).json()

    assert found["limits"]["limits"][0]["amount"] == "5000000.00" and found["limits"]["limits"][0]["corrected"]
    assert [(row["party"], row["share"]) for row in found["relations"]["lines"]] == [(None, "0.600000")]
    assert [row["number"] for row in found["documents"]] == ["913***********0Y43"]
    assert [row["state_code"] for row in found["documents"]] == ["valid"]
    assert (found["kyc"]["rating"]["level"], found["kyc"]["cases"], found["group"]) == ("medium", [], None)
    bare = api(manager, "customers:read", "accounts:read", "documents:read", "kyc-reviews:read").get(address).json()
    assert bare["documents"] and {bare[name] for name in ("limits", "relations", "kyc", "flags", "household")} == {None}
    assert api(teller).get(address).json()["kyc"] is None


def test_a_company_of_long_ago_costs_what_it_always_does(firm, manager, signed_in, queries) -> None:
    """Two of everything, one of each corrected since, and a party that has another name now."""
    group = GroupMemberFactory(customer=firm).group
    GroupMemberFactory(group=group)
    for factory in (CompanyRelationFactory, CreditLimitFactory, GuaranteeFactory):
        changed, _ = factory(customer=firm), factory(customer=firm)
        correct(changed, until=date(2026, 4, 10), by=manager, at=AFTER)
    for name in ("credit_code", "owner"):
        DocumentFactory(customer=firm, **{name: True})
        RiskRatingFactory(customer=firm)
        KycReviewFactory(customer=firm, begun=True, case=name == "owner")
    parent = CompanyRelationFactory(customer=firm, abroad=True)
    correct_party(party=parent.outsider, name="Else GmbH", reason="Mistyped", by=manager, at=AFTER)
    client = signed_in(manager)
    with queries("customer_as_of, company"):
        client.get(f"/customers/{firm.pk}/as-of/?on={DAY}")
