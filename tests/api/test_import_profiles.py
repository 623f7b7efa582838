import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.jobs.models import Run
from customers.imports.uploads import take_in
from customers.models import Customer, ImportBatch, ImportProfile
from tests.factories import ImportProfileFactory

URL = "/api/v1/import-profiles/"
COLUMNS = {
    "Kunde": {"field": "number"},
    "Art": {"field": "kind", "values": {"privat": "person"}},
    "Notiz": {"field": ""},
}


@pytest.fixture
def program(api, admin, settings, tmp_path):
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    return api(admin)


def make(program, **more):
    return program.post(URL, {"kind": "customers", "name": "Kern", "columns": COLUMNS} | more, format="json")


def send(program, text: str, **more):
    file = SimpleUploadedFile("core.csv", text.encode())
    return program.post("/api/v1/imports/", {"kind": "customers", "file": file} | more, format="multipart")


def test_a_profile_is_made_read_changed_and_deleted_by_who_has_read_it(program):
    made = make(program)
    assert made.status_code == 201, made.content
    told = program.get(made["Location"])
    # columns are named as the header of a file is read
    assert told.json()["columns"] == {name.lower(): said for name, said in COLUMNS.items()}
    assert (told.json()["created_by"], told["ETag"]) == ("admin", '"1"')
    assert program.patch(made["Location"], {"name": "Core"}, format="json").status_code == 428
    changed = program.patch(made["Location"], {"name": "Core"}, format="json", headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["name"], changed["ETag"]) == (200, "Core", '"2"')
    assert program.delete(made["Location"]).status_code == 428
    assert program.delete(made["Location"], headers={"If-Match": '"1"'}).status_code == 412
    assert program.delete(made["Location"], headers={"If-Match": '"2"'}).status_code == 204
    assert program.get(made["Location"]).status_code == 404


def test_a_profile_stays_of_its_kind(program):
    profile = ImportProfileFactory()
    url = f"{URL}{profile.pk}/"
    answer = program.patch(url, {"kind": "balances"}, format="json", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["kind"]) == (200, "customers")


@pytest.mark.parametrize(
    ("more", "field"),
    [({"columns": {"x": {"field": "number"}}}, "columns"), ({"kind": "unicorns"}, "kind"), ({"name": " "}, "name")],
)
def test_what_is_wrong_is_said_beside_its_field(program, more, field):
    answer = make(program, **more)
    assert answer.status_code in (400, 409) and field in answer.json()["errors"]
    assert not ImportProfile.objects.exists()


def test_a_name_that_is_taken_is_a_conflict(program):
    make(program)
    again = make(program)
    assert (again.status_code, again.json()["errors"]["name"]) == (409, ["There is a profile with this name already."])


def test_a_file_is_taken_in_by_a_profile(program):
    make(program)
    answer = send(program, "Kunde;Art;Notiz\n7001;privat;x\n7002;staat;\n", profile="Kern")
    assert (answer.status_code, answer.json()["profile"]) == (201, "Kern"), answer.content
    take_in(Run.objects.get(pk=answer.json()["run"]))
    told = program.get(answer["Location"]).json()
    assert [told[name] for name in ("rows", "accepted", "rejected")] == [2, 1, 1]
    assert [(one["row"], one["column"], one["code"], one["value"]) for one in told["errors"]] == [
        (3, "art", "unmapped", "staat")
    ]
    assert Customer.objects.get().number == "7001"


def test_an_unknown_profile_is_named_beside_it(program):
    make(program)
    answer = send(program, "Kunde;Art\n", profile="Core")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"profile": ["There is no profile Core of this kind; there are: Kern."]}
    assert not ImportBatch.objects.exists()


def test_a_file_without_the_columns_of_the_profile_is_refused_naming_them(program):
    make(program)
    answer = send(program, "Kunde;Name\n7001;Ada\n", profile="Kern")
    assert (answer.status_code, answer.json()["code"]) == (409, "profile_columns")
    assert "art" in answer.json()["detail"]


def test_the_list_of_profiles_costs_the_same_for_many(program, queries):
    for number in range(3):
        ImportProfileFactory(name=f"System {number}")
    with queries("api:import-profiles-list"):
        rows = program.get(URL, {"kind": "customers"}).json()["results"]
    assert [row["name"] for row in rows] == ["System 0", "System 1", "System 2"]
