"""A form is registered once, however often it is sent: it has its key since it was drawn."""

import hashlib
from functools import partial
from threading import Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from crm.audit.claims import hash_of
from crm.audit.models import IdempotencyKey
from crm.base.crypto import keyed_hash
from customers.models import Customer, RegistrationDraft
from customers.registering.services import keep_draft, register_once
from tests.at_once import at_once
from tests.factories.documents import WOMAN, picture

pytestmark = pytest.mark.django_db
URL = "/customers/new/"


@pytest.fixture
def form(desk, east):
    key = desk.get(URL).context["form"]["key"].value()
    return {"kind": "person", "name": "单雄信", "branch": east.pk, "phone": "13900001111", "key": str(key)}


def registered() -> int:
    return Customer.objects.filter(name="单雄信").count()


def test_each_form_that_is_drawn_has_a_key_of_its_own(desk) -> None:
    pages = [desk.get(URL) for _ in range(2)]
    keys = {str(page.context["form"]["key"].value()) for page in pages}
    assert len(keys) == 2 and all(any(key in page.content.decode() for key in keys) for page in pages)


def test_a_form_sent_twice_leads_to_the_one_customer(desk, form, manager) -> None:
    first = desk.post(URL, form)
    draft = keep_draft(typed={"name": "单雄信"}, kind="person", at=timezone.now(), by=manager)  # between the two clicks
    second = desk.post(URL, form | {"draft": draft.pk})
    assert (first.status_code, second.status_code, first.url, registered()) == (302, 302, second.url, 1)
    assert not RegistrationDraft.objects.exists()


def test_of_a_form_that_is_registered_nothing_is_kept(desk, form) -> None:
    desk.post(URL, form)
    assert "registered or thrown away already" in desk.post(f"{URL}draft/", form).text
    assert not RegistrationDraft.objects.exists()


def test_a_draft_goes_on_with_the_key_of_its_form(desk, form) -> None:
    desk.post(f"{URL}draft/", form)  # arrives as the form is being registered
    desk.post(URL, form)
    draft = RegistrationDraft.objects.get().pk
    again = desk.get(URL, {"draft": draft}).context["form"]
    assert str(again["key"].value()) == form["key"]
    assert desk.post(URL, form | {"draft": draft}).status_code == 302
    assert registered() == 1 and not RegistrationDraft.objects.exists()


def test_a_key_alone_is_nothing_typed(desk, form) -> None:
    desk.post(f"{URL}draft/", {name: form[name] for name in ("kind", "branch", "key")})
    assert not RegistrationDraft.objects.exists()


def test_a_picture_is_part_of_what_was_sent(desk, form) -> None:
    form |= {"document_type": "resident_id", "national_id": WOMAN, "is_endless": "on", "sex": "female"}
    urls = {desk.post(URL, form | {"front": SimpleUploadedFile("a.png", picture())}).url for _ in range(2)}
    assert len(urls) == 1 and registered() == 1


def test_another_customer_typed_into_a_form_that_was_sent_is_asked_about_first(desk, form) -> None:
    desk.post(URL, form)
    another = form | {"name": "单雄忠", "phone": "13900002222"}
    refused = desk.post(URL, another)
    page = refused.content.decode()
    assert refused.status_code == 422 and "registered or thrown away already" in page and 'value="单雄忠"' in page
    meant = another | {"key": str(refused.context["form"]["key"].value())}
    assert desk.post(URL, meant).status_code == 302 and Customer.objects.filter(name="单雄忠").count() == 1


def test_a_refusal_leaves_the_key_as_it_was(desk, form) -> None:
    refused = desk.post(URL, form | {"household": "H404"})
    assert refused.status_code == 422 and not IdempotencyKey.objects.exists()
    assert desk.post(URL, form).status_code == 302


def test_a_key_is_of_whoever_drew_the_form(desk, form, signed_in, head) -> None:
    desk.post(URL, form)
    answer = signed_in(head).post(URL, form | {"name": "王伯当", "phone": ""})
    assert answer.status_code == 302 and Customer.objects.filter(name="王伯当").exists()


def test_what_is_kept_of_a_form_lets_nobody_guess_its_contact_data_and_names_the_customer(desk, form) -> None:
    desk.post(URL, form)
    row = IdempotencyKey.objects.get()
    assert row.answer == {"customer": Customer.objects.get(name="单雄信").number}
    pairs = [("phone", ["13900001111"])]
    assert hash_of(pairs) == keyed_hash(hashlib.sha256(b'\nphone="13900001111"').hexdigest()).hex()


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_comes_while_its_form_is_being_registered_waits_and_is_refused(manager, east) -> None:
    key, wrong = uuid4(), []
    keep = partial(keep_draft, typed={"name": "单雄信", "key": str(key)}, kind="person", at=timezone.now(), by=manager)
    late = Thread(target=lambda: wrong.extend(at_once([keep])))
    with transaction.atomic():
        said = {"name": "单雄信", "kind": "person", "branch": east, "manager": manager}
        register_once(by=manager, at=timezone.now(), key=key, typed="x", **said)
        late.start()
        late.join(1)  # long enough to be kept, if nothing held it
    late.join(30)
    assert [error.code for error in wrong] == ["draft_gone"] and not RegistrationDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one(manager, signed_in, east) -> None:
    form = {"kind": "person", "name": "单雄信", "branch": east.pk, "key": str(uuid4())}
    answers = []
    browsers = [signed_in(manager) for _ in range(4)]

    wrong = at_once([lambda browser=browser: answers.append(browser.post(URL, form)) for browser in browsers])

    assert wrong == [] and registered() == 1
    assert {answer.url for answer in answers} == {f"/customers/{Customer.objects.get(name='单雄信').pk}/"}
