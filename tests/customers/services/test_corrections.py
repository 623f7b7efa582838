"""What was logged is corrected for a day by who logged it, and added to by anybody: nothing is ever overwritten."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.companies.services import log_visit
from customers.models import Amendment, Interaction
from customers.services import amend_interaction, correct_interaction
from tests.factories import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(own, manager) -> Interaction:
    return InteractionFactory(customer=own.customer, by=manager, note="Wants a card")


def after(hours: float, logged: Interaction):
    return logged.created_at + timedelta(hours=hours)


def test_a_correction_keeps_what_stood_before(logged, manager) -> None:
    corrected = correct_interaction(
        interaction=logged, by=manager, as_of=after(1, logged), note=" Wants a loan ", outcome="agreed"
    )
    assert (corrected.note, corrected.outcome, corrected.version) == ("Wants a loan", "agreed", 2)
    (before,) = corrected.events.all()
    assert (before.note, before.outcome, before.version) == ("Wants a card", "reached", 1)
    assert Event.objects.get(action="interaction.corrected").data["fields"] == ["note", "outcome"]


@pytest.mark.parametrize("hours, is_allowed", [(23.99, True), (24, False), (100, False)])
def test_it_may_be_corrected_for_24_hours(logged, manager, hours, is_allowed) -> None:
    if is_allowed:
        correct_interaction(interaction=logged, by=manager, as_of=after(hours, logged), note="x")
    else:
        with pytest.raises(RuleBroken, match="24 hours"):
            correct_interaction(interaction=logged, by=manager, as_of=after(hours, logged), note="x")
    logged.refresh_from_db()
    assert (logged.note == "x") == is_allowed


def test_only_who_logged_it_corrects_it(logged, head) -> None:
    with pytest.raises(RuleBroken, match="Only who logged"):
        correct_interaction(interaction=logged, by=head, as_of=after(1, logged), note="x")


def test_nothing_changed_is_no_correction(logged, manager) -> None:
    assert correct_interaction(interaction=logged, by=manager, as_of=after(1, logged), note="Wants a card").version == 1


@pytest.mark.parametrize("changes", [{"at": timedelta(hours=3)}, {"next_on": date(2000, 1, 1)}])
def test_a_correction_keeps_the_rules_of_logging(logged, manager, changes) -> None:
    changes = {name: logged.created_at + value if name == "at" else value for name, value in changes.items()}
    with pytest.raises(RuleBroken):
        correct_interaction(interaction=logged, by=manager, as_of=after(1, logged), **changes)


def test_whoever_read_another_version_is_refused(logged, manager) -> None:
    with pytest.raises(RuleBroken, match="in the meantime"):
        correct_interaction(interaction=logged, by=manager, as_of=after(1, logged), version=7, note="x")


def test_a_word_may_always_be_added_and_never_changed(logged, teller) -> None:
    amend_interaction(interaction=logged, text=" Called back on Friday ", by=teller, at=after(500, logged))
    added = Amendment.objects.get()
    assert (added.text, added.by) == ("Called back on Friday", teller)
    logged.refresh_from_db()
    assert (logged.note, logged.version) == ("Wants a card", 2)
    with pytest.raises(InternalError), transaction.atomic():
        Amendment.objects.update(text="x")
    with pytest.raises(RuleBroken, match="Say what"):
        amend_interaction(interaction=logged, text="  ", by=teller, at=after(1, logged))


def test_the_page_shows_the_entry_what_was_added_and_what_stood_before(
    logged, manager, teller, signed_in, queries
) -> None:
    correct_interaction(interaction=logged, by=manager, as_of=after(1, logged), note="Wants a loan")
    amend_interaction(interaction=logged, text="Called back", by=teller, at=after(500, logged))
    browser = signed_in(manager)
    with queries("interaction"):
        page = browser.get(f"/interactions/{logged.pk}/").content.decode()
    for text in ("Wants a loan", "Wants a card", "Called back", "What stood here before"):
        assert text in page, text
    timeline = browser.get(f"/customers/{logged.customer_id}/timeline/").content.decode()
    assert "Added: Called back" in timeline and f"/interactions/{logged.pk}/" in timeline


def test_the_form_corrects_and_a_moment_that_nobody_touched_keeps_its_seconds(logged, manager, signed_in) -> None:
    browser = signed_in(manager)
    form = browser.get(f"/interactions/{logged.pk}/correct/").context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"note": "Wants a loan", "next_on": ""}
    typed["at"] = timezone.localtime(logged.at).strftime("%Y-%m-%dT%H:%M")
    assert browser.post(f"/interactions/{logged.pk}/correct/", typed).status_code == 302
    now = Interaction.objects.get(pk=logged.pk)
    assert (now.note, now.at) == ("Wants a loan", logged.at)


def test_the_form_refuses_a_stale_save_and_keeps_what_was_typed(logged, manager, teller, signed_in) -> None:
    browser = signed_in(manager)
    form = browser.get(f"/interactions/{logged.pk}/correct/").context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"note": "Wants a loan", "next_on": ""}
    typed["at"] = timezone.localtime(logged.at).strftime("%Y-%m-%dT%H:%M")
    amend_interaction(interaction=logged, text="Called back", by=teller, at=after(1, logged))
    answer = browser.post(f"/interactions/{logged.pk}/correct/", typed)
    assert answer.status_code == 422 and "Wants a loan" in answer.content.decode()
    typed["version"] = answer.context["form"].data["version"]
    assert browser.post(f"/interactions/{logged.pk}/correct/", typed).status_code == 302


def test_over_rest_one_corrects_with_what_was_read_and_adds_a_word(logged, manager, api) -> None:
    client, url = api(manager), f"/api/v1/interactions/{logged.pk}/"
    tag = client.get(url).headers["ETag"]
    assert client.patch(url, {"note": "Wants a loan"}).status_code == 428
    answer = client.patch(url, {"note": "Wants a loan"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["note"]) == (200, "Wants a loan")
    assert client.patch(url, {"note": "x"}, headers={"If-Match": tag}).status_code == 412
    said = client.post(f"{url}amend/", {"text": "Called back"})
    assert (said.status_code, [each["text"] for each in said.json()["amendments"]]) == (201, ["Called back"])


def test_over_rest_another_persons_entry_is_a_conflict(logged, head, api) -> None:
    client, url = api(head), f"/api/v1/interactions/{logged.pk}/"
    tag = client.get(url).headers["ETag"]
    assert client.patch(url, {"note": "x"}, headers={"If-Match": tag}).status_code == 409


def test_the_day_of_a_site_visit_stays_with_what_was_seen_on_it(manager) -> None:
    firm, now = CustomerFactory(company=True, manager=manager, branch=manager.branch), timezone.now()
    visit = log_visit(customer=firm, at=now, by=manager, as_of=now, findings="Two new halls")
    said = {"interaction": visit.interaction, "by": manager, "as_of": now}
    for change in ({"at": now - timedelta(days=2)}, {"channel": "phone"}):
        with pytest.raises(RuleBroken) as refused:
            correct_interaction(**said, **change)
        assert refused.value.code == "visit"
    assert correct_interaction(**said, note="With the owner").note == "With the owner"
