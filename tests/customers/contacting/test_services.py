"""Consents are given and withdrawn, flags raised and ended, risk assessed; each leaves a trace and none is forged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.contacting.services import assess_risk, end_flag, give_consent, raise_flag, withdraw_consent
from customers.contacting.suitability import suitability_of
from customers.models import Consent, Flag, RiskAssessment
from tests.factories import (
    ConsentFactory,
    CustomerFactory,
    FlagFactory,
    ProductFactory,
    RiskAssessmentFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MARCH = date(2026, 3, 1)
FORBIDDEN = (InternalError, ProgrammingError)


@pytest.fixture
def consent(own, manager) -> Consent:
    return give_consent(
        customer=own.customer, purpose="marketing", channel="phone", wording="2026-01", at=NOW, by=manager
    )


def test_a_consent_is_given_and_withdrawn_with_a_trace_of_both(consent, manager) -> None:
    withdraw_consent(consent=consent, at=NOW + timedelta(days=1), by=manager)

    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW + timedelta(days=1)
    given, withdrawn = Event.objects.order_by("pk")
    assert (given.action, withdrawn.action) == ("consent.given", "consent.withdrawn")
    assert given.customer_id == consent.customer_id and given.data["wording"] == "2026-01"


def test_a_newer_wording_takes_the_place_of_the_one_before(consent, manager) -> None:
    later = NOW + timedelta(days=30)
    said = {"customer": consent.customer, "purpose": "marketing", "channel": "phone", "by": manager}

    give_consent(wording="2026-02", at=later, **said)

    assert list(Consent.objects.order_by("given_at").values_list("wording", "withdrawn_at")) == [
        ("2026-01", later), ("2026-02", None),
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="given already"):
        give_consent(wording="2026-02", at=later, **said)


def test_a_consent_is_withdrawn_once_and_nothing_else_of_it_changes(consent, manager) -> None:
    with pytest.raises(FORBIDDEN), transaction.atomic():
        Consent.objects.update(wording="2027-01")
    with pytest.raises(FORBIDDEN), transaction.atomic():
        consent.delete()
    withdraw_consent(consent=consent, at=NOW, by=manager)
    with pytest.raises(RuleBroken, match="withdrawn already"):
        withdraw_consent(consent=consent, at=NOW, by=manager)
    with pytest.raises(FORBIDDEN), transaction.atomic():
        Consent.objects.update(withdrawn_at=None)


def test_a_flag_holds_from_its_first_day_to_the_day_before_its_end(own, manager) -> None:
    flag = raise_flag(customer=own.customer, kind="bereavement", since=MARCH, source="The son", by=manager)

    end_flag(flag=flag, until=date(2026, 4, 1), by=manager)

    flag.refresh_from_db()
    holding = [day for day in (date(2026, 2, 28), MARCH, date(2026, 3, 31), date(2026, 4, 1)) if flag.holds(day)]
    assert holding == [MARCH, date(2026, 3, 31)]
    assert [day for day in holding if Flag.objects.holding(day).exists()] == holding
    assert set(Event.objects.values_list("action", flat=True)) == {"flag.raised", "flag.ended"}


@pytest.mark.parametrize(("since", "until"), [(MARCH, None), (date(2026, 1, 1), date(2026, 1, 16)), (MARCH, MARCH)])
def test_a_flag_of_the_same_kind_is_not_raised_twice_for_a_day(since, until, manager) -> None:
    flag = FlagFactory()
    with pytest.raises(RuleBroken):
        raise_flag(customer=flag.customer, kind=flag.kind, since=since, until=until, source="-", by=manager)


def test_a_flag_is_never_rewritten() -> None:
    FlagFactory()
    with pytest.raises(FORBIDDEN), transaction.atomic():
        Flag.objects.update(kind="minor")
    with pytest.raises(FORBIDDEN), transaction.atomic():
        Flag.objects.all().delete()


def test_the_newest_assessment_counts_for_twelve_months(own, manager) -> None:
    said = {"customer": own.customer, "by": manager, "as_of": MARCH}
    assess_risk(level=2, assessed_on=date(2025, 3, 1), **said)
    assert suitability_of(own.customer, MARCH).level == 2

    assess_risk(level=4, assessed_on=date(2025, 6, 30), **said)

    levels = {
        on: suitability_of(own.customer, on).level for on in (date(2025, 6, 29), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert levels == {date(2025, 6, 29): 2, date(2026, 6, 30): 4, date(2026, 7, 1): None}
    assert Event.objects.filter(action="risk.assessed").count() == 2


def test_an_assessment_of_a_leap_day_holds_for_a_year() -> None:
    row = RiskAssessmentFactory(assessed_on=date(2024, 2, 29))
    assert suitability_of(row.customer, date(2025, 2, 28)).level == 3
    assert suitability_of(row.customer, date(2025, 3, 1)).level is None


@pytest.mark.parametrize(("level", "on", "field"), [(6, MARCH, "level"), (0, MARCH, "level"), (3, date(2026, 3, 2), "assessed_on")])  # fmt: skip
def test_an_assessment_has_a_level_and_does_not_lie_in_the_future(level, on, field, own, manager) -> None:
    with pytest.raises(RuleBroken) as refused:
        assess_risk(customer=own.customer, level=level, assessed_on=on, by=manager, as_of=MARCH)
    assert refused.value.field == field


def test_an_assessment_is_never_rewritten() -> None:
    RiskAssessmentFactory()
    with pytest.raises(FORBIDDEN), transaction.atomic():
        RiskAssessment.objects.update(level=5)


@pytest.mark.parametrize(("risk", "reason"), [
    (2, ""), (3, ""), (4, "risk R4 is above C3"),
])  # fmt: skip
def test_a_product_is_suitable_up_to_the_level_of_the_customer(risk, reason) -> None:
    row = RiskAssessmentFactory(level=3)
    found, product = suitability_of(row.customer, MARCH), ProductFactory(code="new", risk=risk)
    assert (found.allows(product), found.reason_against(product)) == (not reason, reason)


def test_nothing_is_suitable_without_a_valid_assessment() -> None:
    product, expired = ProductFactory(code="new"), RiskAssessmentFactory(level=5, assessed_on=date(2024, 1, 1)).customer
    assert suitability_of(CustomerFactory(), MARCH).reason_against(product) == "no risk assessment"
    said = suitability_of(expired, MARCH).reason_against(product)
    assert said == "the risk assessment of 1 Jan 2024 has expired"


def test_the_role_that_serves_withdraws_but_does_not_rewrite(manager, as_app_role) -> None:
    withdraw_consent(consent=ConsentFactory(), at=NOW, by=manager)
    end_flag(flag=FlagFactory(), until=MARCH, by=manager)
