"""A deleted attribute is gone for everybody at once; its values go in batches, however often a worker is stopped."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers import tasks
from customers.attributes import removing
from customers.attributes.importing import with_attributes, write_attributes
from customers.attributes.merging import differing
from customers.attributes.removing import clear_deleted, delete_attribute
from customers.attributes.services import change_attribute, declare_attribute, retire_attribute, set_attributes
from customers.imports.kinds import Job, kind_of
from customers.models import Attribute, AttributeValue, Customer
from customers.privacy.exporting import ask_export, make, take_along
from segmentation.attribute_uses import MODELS
from segmentation.models import ValueVersion
from segmentation.rules.registry.attributes import declared, offered
from tests.at_once import at_once
from tests.factories import AttributeFactory, AttributeValueFactory, CustomerFactory, SegmentVersionFactory, UserFactory
from tests.factories.changes import ChangeRuleFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
RULE = {"field": "attribute_hobby", "op": "=", "value": "golf"}


@pytest.fixture
def hobby(own) -> Attribute:
    """Of seven customers, one of them the own."""
    attribute = AttributeFactory()
    for customer in (own.customer, *(CustomerFactory() for _ in range(6))):
        AttributeValueFactory(customer=customer, attribute=attribute, text="围棋")
    return attribute


def test_one_that_a_version_of_a_rule_names_is_retired_and_not_deleted(admin) -> None:
    attribute = AttributeFactory()
    SegmentVersionFactory(segment__code="players", number=2, effective_from=date(2026, 2, 1), content={"when": RULE})
    with pytest.raises(RuleBroken, match="retire it instead"):
        delete_attribute(attribute=attribute, by=admin, at=NOW)
    retire_attribute(attribute=attribute, by=admin, at=NOW)
    assert list(Attribute.objects.in_use()) == []


def test_a_rule_that_watches_for_changes_holds_its_attribute_too(admin) -> None:
    attribute = AttributeFactory()
    ChangeRuleFactory(content={"when": RULE})
    with pytest.raises(RuleBroken, match="retire it instead"):
        delete_attribute(attribute=attribute, by=admin, at=NOW)


def test_every_model_that_holds_a_rule_is_asked() -> None:
    models = apps.get_app_config("segmentation").get_models()
    holding = {model for model in models if "content" in {field.name for field in model._meta.fields}}
    assert holding - {ValueVersion} == set(MODELS)  # the assumptions of a value are figures


def test_deleting_asks_no_more_for_a_thousand_values_than_for_one(hobby, admin) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert delete_attribute(attribute=hobby, by=admin, at=NOW) == 7
    assert AttributeValue.objects.count() == 7
    assert not [query for query in asked if "DELETE" in query["sql"]]
    assert Event.objects.get(action="attribute.deleted").data["values"] == 7


def test_it_is_gone_everywhere_at_once(hobby, admin, own, manager, head, signed_in, api) -> None:
    set_attributes(customer=own.customer, values={"hobby": "钓鱼"}, by=manager)
    delete_attribute(attribute=hobby, by=admin, at=NOW)

    desk, program = signed_in(manager), api(manager)
    assert "围棋" not in desk.get(f"/customers/{own.customer.pk}/?tab=attributes").text
    assert "attribute_hobby" not in desk.get(f"/customers/{own.customer.pk}/attributes/").text
    assert program.get(f"/api/v1/customers/{own.customer.pk}/").json()["attributes"] == {}
    assert program.get(f"/api/v1/custom-attributes/{hobby.pk}/").status_code == 404
    assert program.get("/api/v1/custom-attributes/").json()["results"] == []
    assert (declared("attribute_hobby"), offered()) == (None, [])
    assert "attribute_hobby" not in [column.name for column in with_attributes(kind_of("customers")).columns]
    other = CustomerFactory()
    AttributeValueFactory(customer=other, attribute=hobby, text="tea")
    assert differing(own.customer, other) == []
    assert not AttributeValue.objects.visible_to(manager).exists()
    export = ask_export(customer=own.customer, reason="Asked", by=head, at=NOW)
    make(export.run)
    export.refresh_from_db()
    assert "钓鱼" not in str(take_along(export=export, kind="json", by=head, at=datetime.now(UTC)))


def test_nothing_is_done_with_it_any_more(hobby, admin, manager, own) -> None:
    delete_attribute(attribute=hobby, by=admin, at=NOW)
    for act in (
        lambda: delete_attribute(attribute=hobby, by=admin, at=NOW),
        lambda: change_attribute(attribute=hobby, by=admin, label="Other"),
        lambda: declare_attribute(code="hobby", label="Hobby", type="text", by=admin),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code == "deleted"
    with pytest.raises(RuleBroken):
        set_attributes(customer=own.customer, values={"hobby": "golf"}, by=manager)
    with pytest.raises(InternalError), transaction.atomic():
        Attribute.objects.filter(pk=hobby.pk).update(deleted_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attribute.objects.create(code="x", label="X", type="text", deleted_at=NOW)


def test_a_worker_takes_the_values_away_in_batches_and_frees_the_code(hobby, admin) -> None:
    kept = AttributeValueFactory(attribute=AttributeFactory(since=True), text=None, day=date(2020, 1, 1))
    delete_attribute(attribute=hobby, by=admin, at=NOW)
    assert (clear_deleted(size=3), clear_deleted(size=3)) == (1, 0)
    assert list(AttributeValue.objects.all()) == [kept]
    assert Event.objects.get(action="attribute.cleared").data["code"] == "hobby"
    assert declare_attribute(code="hobby", label="Hobby", type="text", by=admin)


def test_a_worker_that_is_stopped_leaves_whole_batches_and_another_goes_on(hobby, admin, monkeypatch) -> None:
    delete_attribute(attribute=hobby, by=admin, at=NOW)
    left, ask = [], removing.row_of

    def dying(*args, **kwargs):
        if len(left) == 2:
            raise SystemExit
        left.append(1)
        return ask(*args, **kwargs)

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(removing, "row_of", dying)
        clear_deleted(size=2)
    assert AttributeValue.objects.count() == 3 and Attribute.objects.deleted().exists()
    tasks.clear_attributes()
    assert not AttributeValue.objects.exists() and not Attribute.objects.exists()


def test_the_page_says_what_happens_and_rings(hobby, admin, signed_in, monkeypatch, django_capture_on_commit_callbacks) -> None:  # fmt: skip
    rung = []
    monkeypatch.setattr(tasks.doorbell, "ring", lambda task, *args: rung.append(task.name))
    desk = signed_in(admin)
    assert "in the background" in desk.get(f"/custom-attributes/{hobby.pk}/").text
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(f"/custom-attributes/{hobby.pk}/delete/", follow=True)
    assert rung == ["customers.attributes.clear"] and "7 values are being taken away" in answer.text
    page = desk.get(f"/custom-attributes/{hobby.pk}/").text
    assert "then it leaves this list" in page and f"{hobby.pk}/delete/" not in page and "form-card" not in page


def test_over_rest_it_is_gone_too(hobby, admin, api) -> None:
    url = f"/api/v1/custom-attributes/{hobby.pk}/"
    assert api(admin).delete(url, headers={"If-Match": "*"}).status_code == 204
    assert api(admin).delete(url, headers={"If-Match": "*"}).status_code == 404
    again = {"code": "hobby", "label": "Hobby", "type": "text"}
    assert api(admin).post("/api/v1/custom-attributes/", again).json()["code"] == "deleted"


def by_hand(customer: Customer, by: User) -> None:
    set_attributes(customer=customer, values={"hobby": "tea"}, by=by)


def by_a_file(customer: Customer, by: User) -> None:
    """The last step of an import, whose rows were matched."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE import_effect (v_number text, v_attribute_hobby text) ON COMMIT DROP")
        cursor.execute("INSERT INTO import_effect VALUES (%s, 'tea')", [customer.number])
    write_attributes(Job(kind_of("customers"), {"number", "attribute_hobby"}, by.pk, NOW.date()))


@pytest.mark.parametrize("write", [by_hand, by_a_file])
@pytest.mark.django_db(transaction=True)
def test_who_had_begun_to_write_loses_nothing_and_two_workers_leave_nothing(write) -> None:
    attribute, by, late = AttributeFactory(), UserFactory(), CustomerFactory()
    for _ in range(6):
        AttributeValueFactory(customer=CustomerFactory(), attribute=attribute, text="golf")
    with transaction.atomic():
        write(late, by)
        wrong = at_once([lambda: delete_attribute(attribute=attribute, by=by, at=NOW)])
        wrong += at_once([lambda: clear_deleted(size=2)] * 2)
    assert wrong == [] and list(AttributeValue.objects.values_list("customer", flat=True)) == [late.pk]
    clear_deleted()
    assert not AttributeValue.objects.exists() and not Attribute.objects.exists()


def test_of_earlier_values_nothing_is_left_either_and_of_other_attributes_all(
    hobby, admin, manager, own, as_app_role
) -> None:
    since = AttributeFactory(since=True)
    for said in ({"hobby": "钓鱼", "vip_since": "2020-01-01"}, {"hobby": None, "vip_since": "2021-01-01"}):
        set_attributes(customer=own.customer, values=said, by=manager)
    earlier = apps.get_model("customers", "AttributeValueEvent").objects
    assert earlier.filter(attribute=hobby).count() == 2
    with pytest.raises(IntegrityError, match="Only of a deleted attribute"), transaction.atomic():
        removing.row_of(removing.CLEARED, attribute=since.pk, after=0, size=5)
    delete_attribute(attribute=hobby, by=admin, at=NOW)
    clear_deleted(size=1)
    assert list(earlier.values_list("attribute", "day")) == [(since.pk, date(2020, 1, 1))]
