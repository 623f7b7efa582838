import pytest

from crm.jobs.models import Run
from tests.factories import RunFactory


@pytest.fixture
def program(api, admin):
    return api(admin)


def test_an_admin_starts_the_night_that_is_due(program, own, admin):
    answer = program.post("/api/v1/runs/")
    assert answer.status_code == 201, answer.content
    made = Run.objects.get(pk=answer.json()["id"])
    assert (str(made.business_date), made.started_by) == ("2026-03-15", admin)
    assert program.get(answer["Location"]).json()["started_by"] == "admin"


def test_a_second_start_is_shown_the_way_to_the_first(program, own):
    first = program.post("/api/v1/runs/")
    second = program.post("/api/v1/runs/")
    assert second.status_code == 409
    assert second["Content-Type"] == "application/problem+json"
    assert second.json()["run"] == first["Location"]


def test_nothing_due_is_a_refusal(program):
    answer = program.post("/api/v1/runs/")
    assert answer.status_code == 409
    assert "run" not in answer.json()


def test_an_approver_may_release_but_not_start(api, approver, own):
    assert api(approver).post("/api/v1/runs/").status_code == 403
    assert not Run.objects.exists()


def test_runs_come_newest_first_and_by_kind(program):
    night, file = RunFactory(), RunFactory(of_a_file=True)
    assert [row["id"] for row in program.get("/api/v1/runs/").json()["results"]] == [file.pk, night.pk]
    assert [row["id"] for row in program.get("/api/v1/runs/", {"kind": "night"}).json()["results"]] == [night.pk]
