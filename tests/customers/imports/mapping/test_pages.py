"""The mapping page: what it suggests and masks, what it refuses, and what becomes of the file."""

import re

import openpyxl
import pytest

from crm.audit.models import Event
from crm.jobs.models import Run
from customers import tasks
from customers.imports.mapping.profiles import create_profile
from customers.models import Customer, ImportBatch, ImportProfile
from tests.customers.imports.mapping.conftest import CORE, ROWS

pytestmark = pytest.mark.django_db


def batch() -> ImportBatch:
    return ImportBatch.objects.latest("pk")


def chosen(page: str) -> dict[str, str]:
    """The field that stands beside each column, by its name."""
    names = re.findall(r'id="c-(\d+)">([^<]+)<', page)
    fields = dict(re.findall(r'name="was-(\d+)" value="([^"]*)"', page))
    return {name: fields[place] for place, name in names}


def test_a_file_of_another_system_comes_to_the_page_with_a_suggestion_for_each_column(upload, desk):
    answer = upload()
    assert answer.url == f"/imports/{batch().pk}/mapping/"
    page = desk.get(answer.url).content.decode()
    assert chosen(page) == {
        "客户号": "number", "类别": "kind", "性别": "sex", "开户日": "", "生日": "birth_date", "备用号": "phone", "备注": "",
    }  # fmt: skip
    assert "by its name" in page and "by its content" in page
    assert "138****1111" not in page and "13800001111" not in page, "mapped to contact data, all of it is hidden"
    assert "C1000001" not in page and "****0001" in page


def test_certain_words_are_chosen_and_others_have_no_target(upload, desk, typed):
    page = desk.get(upload().url).content.decode()
    values = {name: value for name, value in typed().items() if name.startswith("v-")}
    assert sorted(values.values()) == ["", "=company", "=female", "=male", "=person"]
    assert page.count("nothing: its rows are rejected</option>") == 5
    assert page.count('<option value="" selected>') == 1


def test_what_the_page_says_is_what_comes_in(upload, desk, typed, ring):
    url = upload().url
    answer = desk.post(url, typed(do="save"))
    assert (answer.status_code, answer.url) == (302, f"/imports/{batch().pk}/")
    preview = desk.get(answer.url).content.decode()
    assert "Person" in preview and "1980-02-01" in preview and "This word of the file is mapped to nothing." in preview
    assert "Of these rows 1 would be rejected." in preview and not Customer.objects.exists()
    desk.post(f"{answer.url}confirm/")
    tasks.look()
    rows = Customer.objects.order_by("number").values_list("number", "kind", "sex")
    assert list(rows) == [("C1000001", "person", "male"), ("C1000002", "company", "")]
    assert Customer.objects.get(number="C1000001").contact.phone == "+8613800001111"
    errors = [(one.line, one.column, one.code, one.value) for one in batch().run.row_errors.all()]
    assert errors == [(4, "类别", "unmapped", "政府")]
    assert batch().survey == {} and batch().file.name == ""
    assert Event.objects.filter(action="import.mapped").count() == 1


def test_two_columns_may_not_become_one_field_and_what_is_missing_is_said(upload, desk, typed):
    url = upload().url
    answer = desk.post(url, typed({"备注": "sex", "客户号": ""}, do="save"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“性别” becomes this field already." in page
    assert "No column of the file becomes: number." in page
    assert batch().mapping == {}


def test_dates_that_may_be_read_in_two_ways_are_asked_and_never_guessed(upload, desk, typed):
    url = upload().url
    again = desk.post(url, typed({"生日": "", "开户日": "birth_date"}, do="again"))
    page = again.content.decode()
    assert again.status_code == 200 and "Choose how this is written: more than one form is possible." in page
    place = re.search(r'id="c-(\d+)">开户日<', page)[1]
    asked = {f"was-{place}": "birth_date", f"d-{place}": "?"}
    refused = desk.post(url, typed({"生日": "", "开户日": "birth_date"}, do="save") | asked)
    assert refused.status_code == 422 and batch().mapping == {}
    answer = desk.post(url, typed({"生日": "", "开户日": "birth_date"}, do="save") | asked | {f"d-{place}": "dmy"})
    assert answer.status_code == 302
    assert batch().mapping["开户日"] == {"field": "birth_date", "date_form": "dmy"}


def test_a_page_that_is_left_keeps_the_file_and_what_was_said(upload, desk, typed, ring):
    url = upload().url
    assert desk.post(url, typed({"备注": "occupation", "客户号": ""}, do="later")).url == "/imports/"
    page = desk.get(f"/imports/{batch().pk}/").content.decode()
    assert "not mapped yet" in page and url in page and "Take it in" not in page
    desk.post(f"/imports/{batch().pk}/confirm/")
    assert (ring, batch().run.status) == ([], Run.Status.WAITING)
    assert chosen(desk.get(url).content.decode())["备注"] == "occupation"


def test_a_file_that_misses_nothing_may_be_taken_in_without_mapping(upload, desk, ring):
    answer = upload("number,kind,colour\nN1,person,red\n")
    assert answer.url.endswith("/mapping/")
    page = desk.get(f"/imports/{batch().pk}/").content.decode()
    assert "Take it in" in page and "colour" in page
    desk.post(f"/imports/{batch().pk}/confirm/")
    tasks.look()
    assert [(one.column, one.code) for one in batch().run.row_errors.all()] == [("colour", "unknown_column")]
    assert Customer.objects.count() == 1


def test_a_known_file_goes_to_its_preview_and_can_be_mapped_from_there(upload, desk, ring):
    answer = upload("number,kind,sex\nN1,person,M\n")
    assert answer.url == f"/imports/{batch().pk}/"
    assert f"/imports/{batch().pk}/mapping/" in desk.get(answer.url).content.decode()
    page = desk.get(f"{answer.url}mapping/").content.decode()
    assert chosen(page) == {"number": "number", "kind": "kind", "sex": "sex"} and 'value="=male" selected' in page


def test_a_mapping_is_kept_under_a_name_and_the_next_file_begins_with_it(upload, desk, typed, admin):
    desk.post(upload().url, typed({"备注": "occupation"}, do="save", name=" Core "))
    profile = ImportProfile.objects.get()
    assert (profile.name, profile.kind, profile.created_by, batch().profile) == ("Core", "customers", admin, profile)
    page = desk.get(upload(CORE + "C9,个人,男,,,,\n").url).content.decode()
    assert "The profile “Core” is for files with these columns" in page and "as in the profile" in page
    assert chosen(page)["备注"] == "occupation"
    without = desk.get(f"/imports/{batch().pk}/mapping/?profile=none").content.decode()
    assert chosen(without)["备注"] == "" and "Use it" in without


def test_a_profile_that_was_chosen_leads_straight_to_the_preview(upload, desk, typed, ring):
    desk.post(upload().url, typed(do="save", name="Core"))
    profile = ImportProfile.objects.get()
    assert "Core" in desk.get("/imports/new/").content.decode()
    answer = upload(CORE + "C9,个人,女,,,,\n", profile=profile.pk)
    assert answer.url == f"/imports/{batch().pk}/"
    assert "Mapped by the profile “Core”." in desk.get(answer.url).content.decode()
    desk.post(f"{answer.url}confirm/")
    tasks.look()
    assert Customer.objects.get().sex == "female"
    assert "Mapped by the profile “Core”." in desk.get(answer.url).content.decode()


def test_a_profile_of_another_kind_or_of_other_columns_is_refused_beside_the_field(upload, typed, desk):
    desk.post(upload().url, typed(do="save", name="Core"))
    profile = ImportProfile.objects.get()
    wrong_kind = upload(kind="balances", profile=profile.pk)
    assert wrong_kind.status_code == 422 and b"for files of another kind" in wrong_kind.content
    lacking = upload("客户号,类别\nC9,个人\n", profile=profile.pk)
    assert lacking.status_code == 422 and "性别" in lacking.content.decode()
    assert batch().refused_code == "profile_columns"


def test_a_name_that_is_taken_is_refused_until_it_is_to_be_replaced(upload, desk, typed):
    columns = {"客户号": {"field": "number"}, "类别": {"field": "kind"}}
    create_profile(kind="customers", name="Core", columns=columns, by="test")
    url = upload().url
    refused = desk.post(url, typed(do="save", name="Core"))
    assert refused.status_code == 422 and "already" in refused.content.decode()
    assert 'name="replaces"' in refused.content.decode() and batch().mapping == {}
    assert desk.post(url, typed(do="save", name="Core", replaces="1")).status_code == 302
    assert len(ImportProfile.objects.get().columns) == 7


def test_words_that_the_next_file_lacks_are_not_forgotten(upload, desk, typed):
    desk.post(upload().url, typed(do="save", name="Core"))
    url = upload(CORE + "C9,同业,,,,,\n").url
    desk.post(url, typed(do="save", name="Core", replaces="1"))
    values = ImportProfile.objects.get().columns["类别"]["values"]
    assert values == {"个人": "person", "对公": "company", "同业": "institution"}


@pytest.mark.parametrize("header", [",".join(f"c{n}" for n in range(301)), f"{'x' * 201},b"])
def test_a_file_too_wide_to_be_mapped_is_refused_beside_the_field(upload, header):
    answer = upload(f"{header}\n")
    assert answer.status_code == 422 and "Only a file of at most 300 columns" in answer.content.decode()
    assert batch().refused_code == "too_wide" and batch().file.name == ""


def test_a_plain_file_that_is_too_wide_to_be_mapped_is_taken_in_as_it_is(upload, desk):
    header = ["number", "kind", *(f"c{n}" for n in range(300))]
    answer = upload(f"{','.join(header)}\nN1,person{',' * 300}\n")
    assert answer.url == f"/imports/{batch().pk}/" and "Take it in" in desk.get(answer.url).content.decode()
    sent_back = desk.get(f"{answer.url}mapping/", follow=True)
    assert "Only a file of at most 300 columns" in sent_back.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "a\nb\n",
        ",,\n1,2,3\n",
        "a,b\n1,2\0\n3,4\n",
        'a,b\n"x\ny",2\n"z,3\n4,5\n',
        "100%,%s\n5%,%(x)s\n",
        "<b>,&\n'\\,;--\n",
    ],
)
def test_whatever_a_file_holds_its_columns_can_be_mapped(upload, desk, typed, text):
    url = upload(text).url
    assert desk.get(url).status_code == 200
    names = [seen["name"] for seen in batch().survey["columns"]][:2]
    answer = desk.post(url, typed(dict(zip(names, ("number", "kind"), strict=False)), do="later"))
    assert answer.status_code == 302 and desk.get(f"/imports/{batch().pk}/").status_code == 200


def test_a_broken_post_is_no_mapping(upload, desk):
    url = upload().url
    answer = desk.post(url, {"do": "save", "f-0": "nonsense", "f-1": "kind", "d-1": "iso", "was-1": "kind"})
    assert answer.status_code == 422 and batch().mapping == {}


def test_a_file_that_is_being_taken_in_is_mapped_no_more(upload, desk, typed, ring):
    url = upload().url
    desk.post(url, typed(do="save"))
    desk.post(f"/imports/{batch().pk}/confirm/")
    assert desk.get(url).status_code == 302
    said = batch().mapping
    assert desk.post(url, typed({"备注": "occupation"}, do="save")).status_code == 302
    assert batch().mapping == said


def test_the_list_of_profiles_says_who_and_when_and_a_deleted_one_leaves_its_files(
    upload, desk, typed, signed_in, auditor
):
    desk.post(upload().url, typed(do="save", name="Core"))
    profile = ImportProfile.objects.get()
    page = desk.get("/imports/profiles/").content.decode()
    assert "Core" in page and "admin" in page
    shown = desk.get(f"/imports/profiles/{profile.pk}/").content.decode()
    assert "对公 → Company" in shown and "1 file came in by it" in shown
    assert "Delete" not in signed_in(auditor).get(f"/imports/profiles/{profile.pk}/").content.decode()
    mapping = batch().mapping
    desk.post(f"/imports/profiles/{profile.pk}/delete/")
    assert not ImportProfile.objects.exists()
    assert (batch().profile, batch().mapping) == (None, mapping)
    assert Event.objects.get(action="import_profile.deleted").object_label == "Core"


def test_the_pages_cost_what_they_cost(upload, desk, typed, queries):
    url = upload().url
    with queries("import_mapping"):
        desk.get(url)
    desk.post(url, typed(do="save", name="Core"))
    with queries("import_preview"):
        desk.get(f"/imports/{batch().pk}/")
    with queries("import_profiles"):
        desk.get("/imports/profiles/")
    with queries("import_profile"):
        desk.get(f"/imports/profiles/{ImportProfile.objects.get().pk}/")


def test_titles_above_the_names_of_columns_are_passed_over(upload, desk, typed, ring):
    url = upload(f"客户信息表,,,,,,\n\n制表人 王小明\n{CORE}{ROWS}").url
    assert "客户信息表" not in desk.get(url).content.decode()
    desk.post(url, typed(do="save", name="Core"))
    desk.post(f"/imports/{batch().pk}/confirm/")
    tasks.look()
    assert Customer.objects.count() == 2
    assert upload("balances\nnumber,kind\nN1,person\n").url.endswith("/mapping/")
    assert "not mapped yet" in desk.get(f"/imports/{batch().pk}/").content.decode()
    # the line of the file, counted with its titles
    assert [one.line for one in ImportBatch.objects.earliest("pk").run.row_errors.all()] == [7]


def test_words_that_are_too_many_or_somebodys_are_not_listed(upload, desk, typed):
    url = upload().url
    page = desk.post(url, typed({"备用号": "sex", "性别": ""}, do="again")).content.decode()
    assert "are not listed" in page and "13800001111" not in page


def test_a_workbook_is_mapped_like_a_text(desk, typed, ring, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["客户信息表"])
    for line in (CORE + ROWS).splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "core.xlsx")
    with (tmp_path / "core.xlsx").open("rb") as file:
        url = desk.post("/imports/new/", {"kind": "customers", "file": file}).url
    assert desk.post(url, typed(do="save")).status_code == 302
    desk.post(f"/imports/{batch().pk}/confirm/")
    tasks.look()
    assert Customer.objects.count() == 2
