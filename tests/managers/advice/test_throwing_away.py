"""A draft is thrown away by who may write it: nothing of it is left, and what was handed over stands."""

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.models import Customer
from managers.advice.services import change_draft, hand_over_advice, throw_away
from managers.models import Advice
from tests.factories import AdviceFactory
from tests.managers.advice.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def state(advice) -> str:
    return Advice.objects.with_state().get(pk=advice.pk).state


def test_nothing_is_left_of_it_and_an_advice_that_was_never_given_ends(drafted, content, manager):
    thrown = throw_away(advice=drafted, by=manager, at=NOW, version=1)
    assert (thrown.draft, thrown.version, state(drafted)) == (None, 2, "discarded")
    for verb, said, code in (
        (throw_away, {}, "draft"),
        (hand_over_advice, {"handed_on": TODAY}, "draft"),
        (change_draft, {"content": content()}, "discarded"),
    ):
        with pytest.raises(RuleBroken) as refused:
            verb(advice=drafted, by=manager, at=NOW, **said)
        assert refused.value.code == code
    assert "留学" not in str(list(Event.objects.values_list("data", flat=True)))


def test_who_was_overtaken_throws_nothing_away(drafted, content, manager):
    change_draft(advice=drafted, content=content(goals="Retire"), by=manager, at=NOW)
    with pytest.raises(RuleBroken) as refused:
        throw_away(advice=drafted, by=manager, at=NOW, version=1)
    assert refused.value.code == "stale"


def test_what_was_handed_over_before_stands(drafted, content, manager):
    hand_over_advice(advice=drafted, handed_on=TODAY, by=manager, at=NOW)
    change_draft(advice=drafted, content=content(goals="Retire"), by=manager, at=NOW)
    throw_away(advice=drafted, by=manager, at=NOW)
    assert state(drafted) == "handed" and drafted.versions.get().goals == "女儿留学"
    assert change_draft(advice=drafted, content=content(), by=manager, at=NOW).draft


def test_the_draft_for_who_has_left_is_thrown_away_too(drafted, manager):
    Customer.objects.filter(pk=drafted.customer_id).update(status="closed")
    assert throw_away(advice=drafted, by=manager, at=NOW).draft is None


def test_the_database_drafts_nothing_anew_that_ended(drafted, manager):
    throw_away(advice=drafted, by=manager, at=NOW)
    with pytest.raises(IntegrityError, match="not drafted again"), transaction.atomic():
        Advice.objects.filter(pk=drafted.pk).update(draft={"goals": "Again"})


def test_on_its_page_and_over_rest_and_the_list_shows_it_to_who_asks(own, manager, signed_in, api):
    first, second = AdviceFactory.create_batch(2, customer=own.customer)
    browser, client = signed_in(manager), api(manager)
    assert f"/advice/{first.pk}/throw-away/" in browser.get(f"/advice/{first.pk}/").text
    assert browser.post(f"/advice/{first.pk}/throw-away/", {"version": 1}).status_code == 302
    page = browser.get(f"/advice/{first.pk}/").text
    assert "Thrown away" in page and "/throw-away/" not in page and "Advise anew" not in page
    done = client.post(f"/api/v1/advice/{second.pk}/throw-away/", {"version": 1}, format="json").json()
    assert (done["state"], done["draft"]) == ("discarded", None)
    for asked, found in (({}, 0), ({"state": "discarded"}, 2)):
        assert len(browser.get("/advice/", asked).context["table"].rows) == found
    assert "Nobody advised this customer yet" in browser.get(f"/customers/{own.customer.pk}/advice/").text
