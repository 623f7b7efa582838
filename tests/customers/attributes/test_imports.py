"""Attributes come with files: by their own name, by a mapping, and from a column that nobody knew before."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from customers import tasks
from customers.attributes.removing import delete_attribute
from customers.imports.mapping.adopting import code_of, declared, type_of
from customers.imports.mapping.profiles import create_profile
from customers.imports.mapping.services import is_ready
from customers.imports.mapping.survey import Seen
from customers.imports.services import import_file
from customers.models import Attribute, AttributeValue, Customer, ImportBatch
from tests.factories import AttributeFactory, AttributeValueFactory, CustomerFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def every(db):
    for trait in ({}, {"points": True}, {"limit": True}, {"since": True}, {"expert": True}, {"channel": True}):
        AttributeFactory(**trait)


def bring(tmp_path, *lines: str, **more):
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_file(kind="customers", path=path, by="test", **more)


def values(number: str) -> dict:
    rows = AttributeValue.objects.filter(customer__number=number).select_related("attribute")
    return {row.attribute.code: row.value for row in rows}


HEAD = (
    "number,kind,attribute_hobby,attribute_points,attribute_wish,attribute_vip_since,attribute_expert,attribute_origin"
)


def test_a_file_brings_values_of_every_type_and_only_what_differs_is_written(tmp_path, every) -> None:
    row = "9001,person,golf,1.5,30000.00,20240229,true,fair"
    assert bring(tmp_path, HEAD, row).accepted == 1
    assert values("9001") == {
        "hobby": "golf", "points": Decimal("1.5"), "wish": Decimal(30000), "vip_since": date(2024, 2, 29), "expert": True,
        "origin": "fair",
    }  # fmt: skip
    version = Customer.objects.get().version
    assert bring(tmp_path, HEAD, row).unchanged == 1
    assert Customer.objects.get().version == version
    assert bring(tmp_path, HEAD, "9001,person,golf,2,30000.00,20240229,true,fair").unchanged == 0
    assert (values("9001")["points"], Customer.objects.get().version) == (Decimal(2), version + 1)


def test_an_empty_cell_clears_and_an_absent_column_leaves(tmp_path, every) -> None:
    bring(tmp_path, "number,kind,attribute_hobby,attribute_points", "9001,person,golf,3")
    bring(tmp_path, "number,kind,attribute_hobby", "9001,person,")
    assert values("9001") == {"points": Decimal(3)}


def test_a_cell_that_is_not_of_the_type_rejects_its_row(tmp_path, every) -> None:
    result = bring(tmp_path, HEAD, "9001,person,,many,1.001,20230229,perhaps,radio")
    codes = {(error.column.removeprefix("attribute_"), error.code) for error in result.errors}
    assert codes == {
        ("points", "amount"),
        ("wish", "digits"),
        ("vip_since", "date"),
        ("expert", "choice"),
        ("origin", "choice"),
    }
    assert not Customer.objects.exists()


def test_a_retired_attribute_is_an_unknown_column(tmp_path, every) -> None:
    Attribute.objects.filter(code="hobby").update(retired_at="2026-01-01T00:00:00Z")
    result = bring(tmp_path, "number,kind,attribute_hobby", "9001,person,golf")
    assert [error.code for error in result.errors] == ["unknown_column"] and values("9001") == {}


def test_a_profile_maps_the_banks_column_to_the_attribute(tmp_path, every) -> None:
    columns = {
        "客户号": {"field": "number"}, "类别": {"field": "kind", "values": {"个人": "person"}},
        "专业": {"field": "attribute_expert", "values": {"是": "true", "否": "false"}},
        "起始": {"field": "attribute_vip_since", "date_form": "dmy"},
    }  # fmt: skip
    profile = create_profile(kind="customers", name="Core", columns=columns, by="test")
    assert bring(tmp_path, "客户号,类别,专业,起始", "9001,个人,是,29.02.2024", profile=profile).accepted == 1
    assert values("9001") == {"expert": True, "vip_since": date(2024, 2, 29)}


def test_a_profile_leaves_out_the_column_of_an_attribute_that_is_gone_and_says_so(
    tmp_path, every, admin, signed_in
) -> None:
    columns = {
        "客户号": {"field": "number"}, "类别": {"field": "kind"}, "爱好": {"field": "attribute_hobby"},
        "起始": {"field": "attribute_vip_since"},
    }  # fmt: skip
    profile = create_profile(kind="customers", name="Core", columns=columns, by="test")
    hobby = Attribute.objects.get(code="hobby")
    assert "leave its column out from then on: Core" in signed_in(admin).get(f"/custom-attributes/{hobby.pk}/").text
    delete_attribute(attribute=hobby, by=admin, at=NOW)
    result = bring(tmp_path, "客户号,类别,爱好,起始", "9001,person,golf,20200101", profile=profile)
    assert (result.accepted, [(error.column, error.code) for error in result.errors]) == (
        1,
        [("爱好", "unknown_column")],
    )
    assert values("9001") == {"vip_since": date(2020, 1, 1)}
    assert is_ready(ImportBatch(kind="customers", mapping=columns))
    assert not is_ready(ImportBatch(kind="customers", mapping=columns | {"名": {"field": "no_such_field"}}))


def test_values_are_written_by_sets_for_known_and_new_customers(tmp_path, every, django_assert_max_num_queries) -> None:
    for number in range(50):
        customer = CustomerFactory(number=f"{9000 + number}")
        AttributeValueFactory(customer=customer, attribute=Attribute.objects.get(code="hobby"), text="tea")
    lines = [f"{9000 + number},person,golf" for number in range(100)]
    with django_assert_max_num_queries(90):
        bring(tmp_path, "number,kind,attribute_hobby", *lines)
    assert AttributeValue.objects.filter(text="golf").count() == 100


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (Seen("会员", values=[("是", 3), ("否", 2)]), "boolean"),
        (Seen("起始", dates=["ymd"], numbers=["point"]), "date"),
        (Seen("积分", numbers=["point"]), "number"),
        (Seen("来源", values=[("展会", 3), ("网络", 2)]), "choice"),
        (Seen("来源", values=[("展会", 3)], more=40), "text"),
        (Seen("备注"), "text"),
    ],
)
def test_the_type_follows_from_what_the_column_shows_of_itself(seen, kind) -> None:
    assert type_of(seen) == kind


def test_a_column_is_named_by_its_reading_and_never_twice(admin) -> None:
    assert (code_of("客户爱好"), code_of("VIP since!"), code_of("3rd")) == ("ke_hu_ai_hao", "vip_since", "x_3rd")
    first = declared(Seen("客户爱好"), by=admin)
    assert (first.label_zh, first.sensitivity, first.may_set_prices) == ("客户爱好", "personal", False)
    assert declared(Seen("客户爱好"), by=admin) == first
    assert code_of("客户爱好") == "ke_hu_ai_hao_2"


def test_on_the_mapping_page_an_unknown_column_is_kept_as_an_attribute(
    signed_in, admin, settings, tmp_path, monkeypatch
) -> None:
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    monkeypatch.setattr(tasks, "ring", lambda run_id: None)
    desk = signed_in(admin)
    file = SimpleUploadedFile("core.csv", "客户号,类别,爱好\nC1,个人,围棋\nC2,个人,钓鱼\n".encode("utf-8-sig"))
    desk.post("/imports/new/", {"kind": "customers", "file": file})
    batch = ImportBatch.objects.get()
    url = f"/imports/{batch.pk}/mapping/"
    assert "keep it as a custom attribute" in desk.get(url).text
    typed = {"f-0": "number", "f-1": "kind", "v-1-0": "=person", "was-0": "number", "was-1": "kind", "was-2": ""}
    page = desk.post(url, typed | {"f-2": "+", "do": "again"}).text
    made = Attribute.objects.get()
    assert made.field == "attribute_ai_hao" and f'value="{made.field}" selected' in page
    answer = desk.post(url, typed | {"f-2": made.field, "was-2": made.field, "do": "save"})
    assert answer.status_code == 302
    desk.post(f"/imports/{batch.pk}/confirm/")
    tasks.look()
    assert values("C1") == {"ai_hao": "围棋"} and values("C2") == {"ai_hao": "钓鱼"}
