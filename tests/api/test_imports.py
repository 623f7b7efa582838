import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.jobs.models import Run
from customers.imports.uploads import take_in
from customers.models import Customer, ImportBatch

URL = "/api/v1/imports/"
GOOD = "number,kind,name,phone\n7001,person,王芳,13800001111\n7002,person,李强,not a phone\n"


@pytest.fixture
def program(api, admin, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return api(admin)


def send(program, text: str, kind: str = "customers", more: dict | None = None, **headers):
    file = SimpleUploadedFile("customers.csv", text.encode())
    return program.post(
        URL, {"kind": kind, "file": file, "encoding": "utf-8"} | (more or {}), format="multipart", headers=headers
    )


def test_a_file_waits_for_a_worker_and_then_tells_what_came_of_it(program, admin):
    answer = send(program, GOOD)
    assert answer.status_code == 201, answer.content
    assert (answer.json()["status"], answer.json()["uploaded_by"]) == ("queued", "admin")
    take_in(Run.objects.get(pk=answer.json()["run"]))
    told = program.get(answer["Location"]).json()
    assert [told[name] for name in ("rows", "accepted", "rejected", "status")] == [2, 1, 1, "completed_with_errors"]
    assert (told["errors"][0]["row"], told["errors"][0]["column"]) == (3, "phone")
    assert Customer.objects.filter(number="7001").exists()


def test_a_file_of_another_shape_is_refused_and_noted(program):
    answer = send(program, "a,b\n1,2\n")
    assert (answer.status_code, answer.json()["code"]) == (409, "columns")
    assert answer.json()["errors"]["file"]
    assert ImportBatch.objects.get().refused_code == "columns"


def test_an_unknown_kind_is_told_with_those_there_are(program):
    answer = send(program, GOOD, kind="unicorns")
    assert "customers" in answer.json()["errors"]["kind"][0]


def test_the_same_file_with_the_same_key_is_taken_once(program):
    first = send(program, GOOD, **{"Idempotency-Key": "f1"})
    second = send(program, GOOD, **{"Idempotency-Key": "f1"})
    assert (first.status_code, second.json()) == (201, first.json())
    assert send(program, GOOD + "7003,person,赵敏,\n", **{"Idempotency-Key": "f1"}).status_code == 422
    assert ImportBatch.objects.count() == 1


def test_the_list_of_imports_costs_the_same_with_errors(program, queries):
    send(program, GOOD)
    with queries("api:imports-list"):
        rows = program.get(URL).json()["results"]
    assert "errors" not in rows[0]


def test_a_trial_run_writes_no_customer(program):
    answer = send(program, GOOD, more={"dry_run": "true"})
    take_in(Run.objects.get(pk=answer.json()["run"]))
    told = program.get(answer["Location"]).json()
    assert (told["dry_run"], told["accepted"]) == (True, 1)
    assert not Customer.objects.filter(number="7001").exists()


def test_a_trial_run_closes_no_feed(program):
    answer = send(program, GOOD, more={"dry_run": "true", "close_through": "2026-03-31"})
    assert (answer.status_code, list(answer.json()["errors"])) == (409, ["close_through"])
