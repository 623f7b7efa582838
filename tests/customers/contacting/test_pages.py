"""The tab of a customer's page, its forms, the badge, the timeline, and the same over REST."""

import pytest

from customers.models import Consent, Flag, RiskAssessment
from tests.factories import ConsentFactory, FlagFactory, RiskAssessmentFactory

pytestmark = pytest.mark.django_db


def test_a_manager_assesses_records_a_consent_and_raises_a_flag(own, signed_in, manager, queries) -> None:
    client, pk = signed_in(manager), own.customer.pk

    client.post(f"/customers/{pk}/assess/", {"level": "4", "assessed_on": "2026-11-01"})
    client.post(
        f"/customers/{pk}/consent/", {"purpose": "marketing", "channels": ["branch", "email"], "wording": "2026-01"}
    )
    answer = client.post(f"/customers/{pk}/flag/", {"kind": "vulnerable", "since": "2026-11-01", "source": "Visit"})

    assert answer.headers["Location"] == f"/customers/{pk}/?tab=permissions"
    with queries("customer:permissions"):
        page = client.get(f"/customers/{pk}/?tab=permissions").content.decode()
    for words in ("Risk level: C4", "2026-01", "Vulnerable", "Visit", "Withdraw"):
        assert words in page, words
    assert set(Consent.objects.values_list("channel", flat=True)) == {"branch", "email"}


def test_a_consent_that_is_given_already_is_refused_and_none_of_the_others_is_kept(own, signed_in, manager) -> None:
    ConsentFactory(customer=own.customer, channel="email", wording="2026-01")
    said = {"purpose": "marketing", "channels": ["branch", "email"], "wording": "2026-01"}

    answer = signed_in(manager).post(f"/customers/{own.customer.pk}/consent/", said)

    assert answer.status_code == 422 and "This consent is given already." in answer.content.decode()
    assert Consent.objects.count() == 1


def test_a_flag_is_a_banner_and_every_event_stands_in_the_timeline(own, signed_in, manager) -> None:
    FlagFactory(customer=own.customer, kind="court_freeze", until="2026-02-01")
    FlagFactory(customer=own.customer)
    ConsentFactory(customer=own.customer, withdrawn_at="2026-02-01T09:00:00Z")
    RiskAssessmentFactory(customer=own.customer)
    client = signed_in(manager)

    page = client.get(f"/customers/{own.customer.pk}/").content.decode()
    timeline = client.get(f"/customers/{own.customer.pk}/timeline/?kind=permission").content.decode()

    assert "Vulnerable" in page and "Frozen by a court" not in page
    for words in ("Flag: Vulnerable", "Flag ended: Frozen by a court", "Consent given: Marketing · Branch",
                  "Consent withdrawn: Marketing · Branch", "Risk assessment: C3"):  # fmt: skip
        assert words in timeline, words


def test_rest_gives_withdraws_raises_and_ends(own, api, manager) -> None:
    client, number = api(manager), own.customer.number

    given = client.post(
        "/api/v1/consents/", {"customer": number, "channel": "phone", "wording": "2026-03"}, format="json"
    )
    gone = client.post(f"/api/v1/consents/{given.json()['id']}/withdraw/")
    again = client.post(f"/api/v1/consents/{given.json()['id']}/withdraw/")
    raised = client.post(
        "/api/v1/flags/", {"customer": number, "kind": "minor", "since": "2026-03-01", "source": "Court"}, format="json"
    )
    ended = client.post(f"/api/v1/flags/{raised.json()['id']}/end/", {"until": "2026-04-01"}, format="json")
    client.post(
        "/api/v1/risk-assessments/", {"customer": number, "level": 2, "assessed_on": "2026-03-01"}, format="json"
    )

    assert (given.status_code, gone.status_code, again.status_code) == (201, 200, 409)
    assert gone.json()["withdrawn_at"] and ended.json()["until"] == "2026-04-01"
    assert Flag.objects.get().by == manager
    assert RiskAssessment.objects.get().level == 2
    listed = client.get(f"/api/v1/consents/?customer={number}&is_open=true").json()["results"]
    assert listed == []
