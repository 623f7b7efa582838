"""A company's number and trade are called as a bank calls them, wherever somebody reads them; a person's are not."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from customers.completeness.services import ask_for
from customers.history import changes_of, writes_of
from customers.models import Contact, Customer
from customers.privacy.telling import told
from customers.services import change_contact, change_customer
from tests.factories import ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db
COMPANYS = ("Unified social credit code", "Line of business")
PERSONS = ("National id", "Occupation")
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture
def customer(request, manager) -> Customer:
    """Of the kind asked for, with a number and a trade that changed once."""
    made = CustomerFactory(kind=request.param, manager=manager, branch=manager.branch, occupation="Weaving")
    ContactFactory(customer=made, national_id="", national_id_hash=None)
    change_contact(customer=made, national_id=CREDIT_CODE, by=manager)
    return change_customer(customer=made, occupation="Dyeing", by=manager)


def of_kinds(*kinds: str):
    return pytest.mark.parametrize(
        ("customer", "said", "unsaid"),
        [
            (kind, PERSONS if kind == "person" else COMPANYS, COMPANYS if kind == "person" else PERSONS)
            for kind in kinds
        ],
        indirect=["customer"],
    )


def text(client: Client, address: str) -> str:
    return " ".join(strip_tags(client.get(address).text).split())


@of_kinds("person", "company", "institution")
@pytest.mark.parametrize(
    ("page", "shown"),
    [("", (0, 1)), ("?tab=changes", (0, 1)), ("change/", (1,)), ("contact/", (0,)), ("as-of/?on={today}", (1,))],
)
def test_every_page_of_a_customer_calls_them_by_its_kind(customer, said, unsaid, page, shown, signed_in, manager):
    page = page.format(today=timezone.localdate())
    words = text(signed_in(manager), f"/customers/{customer.pk}/{page}")
    assert [place for place in (0, 1) if said[place] in words] == list(shown)
    assert not any(other in words for other in unsaid)


@of_kinds("person", "company")
def test_its_history_and_what_is_taken_along_say_the_same(customer, said, unsaid):
    assert said[1].lower() in [change.field.lower() for change in changes_of(customer)]
    assert {label for write in writes_of(customer) for label in write.labels} >= {said[0]}
    labels = {path: label for part in told() for path, label in part.labels(customer.kind).items()}
    assert labels["occupation"] == said[1] and labels["national_id"].lower() == said[0].lower()


@of_kinds("person", "company")
def test_what_is_missing_and_asked_is_called_so(customer, said, unsaid, signed_in, manager):
    client, address = signed_in(manager), f"/customers/{customer.pk}/"
    Contact.objects.filter(customer=customer).update(national_id="", national_id_hash=None)
    Customer.objects.filter(pk=customer.pk).update(occupation="")
    for field in ("national_id", "occupation"):
        ask_for(customer=customer, field=field, at=timezone.now(), by=manager)
    for place, field in enumerate(("national_id", "occupation")):
        for page in (f"fields/{field}/answer/", "log/", ""):
            words = text(client, f"{address}{page}")
            assert said[place] in words and unsaid[place] not in words, page


@of_kinds("person", "company")
def test_who_was_overtaken_reads_the_same_words(customer, said, unsaid, signed_in, manager):
    client, address = signed_in(manager), f"/customers/{customer.pk}/"
    record = {"version": customer.version - 1, "kind": customer.kind, "name": customer.name, "language": "zh"}
    for page, typed, word in (("change/", {"occupation": "Knitting"}, said[1]), ("contact/", {"national_id": "E12345678"}, said[0])):  # fmt: skip
        answer = client.post(f"{address}{page}", record | typed)
        assert answer.status_code == 409 and word in strip_tags(answer.text)
        assert not any(other in strip_tags(answer.text) for other in unsaid)


@of_kinds("person", "company")
def test_two_of_a_kind_are_compared_under_the_same_words(customer, said, unsaid, signed_in, head):
    twin = CustomerFactory(kind=customer.kind, branch=customer.branch, occupation="Knitting")
    words = text(signed_in(head), f"/customers/{customer.pk}/merge/{twin.pk}/")
    assert all(word in words for word in said) and not any(word in words for word in unsaid)


def test_a_new_institution_is_asked_for_its_code(signed_in, manager):
    words = text(signed_in(manager), "/customers/new/?kind=institution")
    assert "Unified social credit code" in words and "National id" not in words
