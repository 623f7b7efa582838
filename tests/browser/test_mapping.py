"""A file of a system that nobody has seen before is mapped, looked at, taken in and kept as a profile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers import tasks
from customers.models import Customer, ImportProfile
from tests.factories import BranchFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = "客户编号;客户性质;客户姓名;性别;出生年月;联系方式;身份;收入;网点;评价"
ROWS = [
    "C1000001;对私;王小明;男;1980年2月1日;13800001111;11010519491231002X;10-20万;East lake;A",
    "C1000002;对私;李娜;女;1991年12月31日;13800002222;440524188001010014;20-50万;East lake;B",
    "C1000003;对公;;;;;;;Hill;A",
    "C1000004;政府机关;;;;;;;Hill;C",
]


@pytest.fixture
def file(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], Path]:
    """Uploads are kept apart, and no worker hears the bell."""
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "kept")}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    monkeypatch.setattr(tasks, "ring", lambda run_id: None)
    BranchFactory(code="E1", name="East lake")
    BranchFactory(code="H1", name="Hill")

    def write(rows: list[str]) -> Path:
        path = tmp_path / "core.csv"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8-sig")
        return path

    return write


def upload(page: Page, path: Path) -> None:
    page.goto("/imports/new/")
    page.get_by_label("What is in it").select_option("customers")
    page.locator("[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at it first").click()


def becomes(page: Page, column: str):
    return page.get_by_label(f"Becomes: {column}")


def take_in(page: Page) -> None:
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("[data-status=queued]")).to_be_visible()
    tasks.look()
    expect(page.locator("[data-status=completed]")).to_be_visible()


def is_suggested(page: Page) -> None:
    """A field for each column, and nothing of anybody's."""
    for column, field in (("客户编号", "number"), ("客户性质", "kind"), ("客户姓名", "name"), ("性别", "sex"),
                          ("联系方式", "phone"), ("身份", "national_id"), ("收入", "annual_income"), ("网点", "branch"),
                          ("评价", "")):  # fmt: skip
        expect(becomes(page, column)).to_have_value(field)
    for hidden in ("13800001111", "王小明", "11010519491231002X"):
        expect(page.get_by_text(hidden)).to_have_count(0)


def test_a_file_that_nobody_has_seen_is_mapped_and_taken_in(
    page: Page, admin: User, file: Callable, browse_as: Callable, good: Callable, policy_kept: list[str]
) -> None:
    browse_as(admin)
    upload(page, file(ROWS))

    expect(page.get_by_role("heading", name="Map the columns")).to_be_visible()
    is_suggested(page)
    good("suggested")

    # by keyboard: a field that is chosen brings its form and its words, and the focus stays
    becomes(page, "评价").focus()
    page.keyboard.press("S")
    expect(page.get_by_text("“性别” becomes this field already.")).to_be_visible()
    expect(becomes(page, "评价")).to_be_focused()
    good("twice")
    becomes(page, "评价").select_option("education")
    expect(page.get_by_text("becomes this field already")).to_have_count(0)
    page.get_by_label("10-20万").fill("150000")
    page.get_by_label("20-50万").fill("350000")
    expect(page.get_by_label("对私")).to_have_value("=person")
    expect(page.get_by_label("East lake")).to_have_value("E1")
    page.get_by_label("政府机关").select_option("=institution")
    page.get_by_label("Name of the profile").fill("旧核心系统")
    good("mapped")
    page.get_by_role("button", name="Look at the first rows").click()

    expect(page.get_by_role("heading", name="Customers: the first rows")).to_be_visible()
    expect(page.get_by_text("1991-12-31")).to_be_visible()
    expect(page.get_by_text("Institution", exact=True)).to_be_visible()
    good("preview")
    take_in(page)
    rows = Customer.objects.order_by("number").values_list("kind", "sex", "annual_income", "branch__code")
    assert [tuple(map(str, row)) for row in rows] == [
        ("person", "male", "150000.0000", "E1"), ("person", "female", "350000.0000", "E1"),
        ("company", "", "None", "H1"), ("institution", "", "None", "H1"),
    ]  # fmt: skip
    assert policy_kept == []


def test_the_next_file_with_the_same_columns_begins_with_the_profile(
    page: Page, admin: User, file: Callable, browse_as: Callable, good: Callable, policy_kept: list[str]
) -> None:
    ImportProfile.objects.create(
        name="旧核心系统", kind="customers", created_by=admin, changed_by=admin,
        columns={name: {"field": ""} for name in HEAD.split(";")}
        | {"客户编号": {"field": "number"}, "客户性质": {"field": "kind", "values": {"对私": "person"}},
           "出生年月": {"field": "birth_date", "date_form": "ymd"}},
    )  # fmt: skip
    browse_as(admin)
    upload(page, file([*ROWS, "C1000005;外星人;;;1/2/2000;;;;;"]))
    expect(page.get_by_text("The profile “旧核心系统” is for files with these columns")).to_be_visible()
    expect(becomes(page, "客户编号")).to_have_value("number")
    expect(becomes(page, "性别")).to_have_value("")
    for word in ("政府机关", "外星人"):
        expect(page.get_by_label(word)).to_have_value("")
    good("profile-offered")
    page.get_by_role("button", name="Go on later").click()
    page.get_by_role("link", name="core.csv").click()
    page.get_by_role("link", name="Map the columns").click()
    expect(becomes(page, "性别")).to_have_value("")
    page.get_by_role("button", name="Look at the first rows").click()
    expect(page.get_by_text("Of these rows 2 would be rejected.")).to_be_visible()
    expect(page.get_by_text("This word of the file is mapped to nothing.").first).to_be_visible()
    good("preview-wrong")

    page.goto("/imports/")
    page.get_by_role("link", name="Profiles").click()
    good("profiles")
    page.get_by_role("link", name="旧核心系统").click()
    expect(page.get_by_text("对私 → Person")).to_be_visible()
    good("profile")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The profile is deleted.")).to_be_visible()
    expect(page.get_by_text("No profiles yet")).to_be_visible()
    assert policy_kept == []
