"""A form that was begun is kept for whoever began it, encrypted, and gone when it is used or old."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from crm.base.errors import RuleBroken
from customers.models import Customer, RegistrationDraft
from customers.registering.services import MOST_DRAFTS, forget_drafts, keep_draft
from customers.tasks import forget_drafts as task

pytestmark = pytest.mark.django_db
TYPED = {"name": "单雄信", "kind": "person", "phone": "13900001111", "consents": ["phone"], "birth_date": "not yet"}


def test_what_is_typed_is_kept_and_can_be_gone_on_with(desk, manager):
    page = desk.post("/customers/new/draft/", TYPED).content.decode()
    draft = RegistrationDraft.objects.get()
    assert "Kept as a draft" in page and f'value="{draft.pk}"' in page and draft.by == manager
    desk.post("/customers/new/draft/", TYPED | {"draft": draft.pk, "region": "North"})
    assert json.loads(RegistrationDraft.objects.get().typed)["region"] == "North"

    form = desk.get(f"/customers/new/?draft={draft.pk}").content.decode()
    assert 'value="13900001111"' in form and 'value="单雄信"' in form


def test_nothing_typed_is_no_draft(desk, east):
    assert "Kept" not in desk.post("/customers/new/draft/", {"kind": "person", "branch": east.pk}).content.decode()
    assert not RegistrationDraft.objects.exists()


def test_the_database_holds_no_word_of_it_in_the_clear(desk):
    desk.post("/customers/new/draft/", TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM customers_registrationdraft")
        sealed = bytes(cursor.fetchone()[0])
    assert "单雄信".encode() not in sealed and b"13900001111" not in sealed


def test_nobody_else_sees_or_throws_away_a_draft(desk, manager, signed_in, head):
    draft = keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    browser = signed_in(head)
    assert "单雄信" not in browser.get(f"/customers/new/?draft={draft.pk}").content.decode()
    assert browser.post(f"/customers/new/draft/{draft.pk}/throw-away/").status_code == 404
    browser.post("/customers/new/draft/", {"name": "Other", "kind": "person", "draft": draft.pk})
    assert RegistrationDraft.objects.get().pk == draft.pk and "单雄信" in RegistrationDraft.objects.get().typed
    assert desk.post(f"/customers/new/draft/{draft.pk}/throw-away/").status_code == 302
    assert not RegistrationDraft.objects.filter(pk=draft.pk).exists()


def test_a_draft_goes_with_the_registration_and_stays_where_that_is_refused(desk, manager, east):
    draft = keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    refused = desk.post("/customers/new/", {"kind": "person", "name": "", "branch": east.pk, "draft": draft.pk})
    assert refused.status_code == 422 and RegistrationDraft.objects.exists()
    desk.post("/customers/new/", {"kind": "person", "name": "单雄信", "branch": east.pk, "draft": draft.pk})
    assert Customer.objects.filter(name="单雄信").exists() and not RegistrationDraft.objects.exists()


def test_a_form_is_registered_once_and_keeps_what_was_typed(desk, manager, east):
    draft = keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    form = {"kind": "person", "name": "单雄信", "branch": east.pk, "draft": draft.pk}
    desk.post("/customers/new/", form)

    again = desk.post(f"/customers/new/?draft={draft.pk}", form)

    assert again.status_code == 422 and Customer.objects.filter(name="单雄信").count() == 1
    page = again.content.decode()
    assert "registered or thrown away already" in page and 'value="单雄信"' in page
    another = form | {"draft": again.context["form"]["draft"].value()}
    assert desk.post(f"/customers/new/?draft={draft.pk}", another).status_code == 302  # whoever means it


def test_what_arrives_after_the_registration_brings_no_draft_back(desk, manager):
    draft = keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    RegistrationDraft.objects.all().delete()
    page = desk.post("/customers/new/draft/", TYPED | {"draft": draft.pk}).content.decode()
    assert "registered or thrown away already" in page and "Kept" not in page
    assert not RegistrationDraft.objects.exists()


@pytest.mark.parametrize("draft", ["²", "9" * 30, "-1", "x"])
def test_what_is_no_draft_is_none(desk, draft):
    assert desk.get("/customers/new/", {"draft": draft}).status_code == 200
    assert desk.post("/customers/new/draft/", {"kind": "person", "draft": draft}).status_code == 200


@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
def test_a_draft_that_nobody_went_on_with_for_a_month_goes(manager, days, stays):
    keep_draft(typed=TYPED, kind="person", at=timezone.now() - timedelta(days=days), by=manager)
    task()
    assert RegistrationDraft.objects.exists() == stays
    assert forget_drafts(at=timezone.now()) == 0


def test_a_person_begins_only_so_many_and_is_told_where_they_type(manager, desk):
    for _ in range(MOST_DRAFTS):
        keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    with pytest.raises(RuleBroken, match="You have begun 50 customers"):
        keep_draft(typed=TYPED, kind="person", at=timezone.now(), by=manager)
    answer = desk.post("/customers/new/draft/", TYPED)
    assert answer.status_code == 200 and answer.content.decode().startswith("You have begun 50 customers")
