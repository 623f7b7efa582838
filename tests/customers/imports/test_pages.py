"""Uploading a file: who may, what is shown, and what becomes of it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.audit.models import Event
from crm.jobs.models import Run
from customers import tasks
from customers.models import Balance, ImportBatch

pytestmark = pytest.mark.django_db
FILE = b"account,date,balance\nA1,2024-03-01,1234.50\nA1000009,2024-03-01,1\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Files of this test, and of it alone."""
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


@pytest.fixture
def ring(monkeypatch):
    rung: list[int] = []
    monkeypatch.setattr(tasks, "ring", rung.append)
    return rung


@pytest.fixture
def upload(signed_in, admin, accounts):
    def upload(content: bytes = FILE, **more):
        file = SimpleUploadedFile("feed.csv", content)
        return signed_in(admin).post("/imports/new/", {"kind": "balances", "file": file} | more)

    return upload


def test_the_preview_masks_and_names_the_columns(upload, signed_in, admin):
    page = signed_in(admin).get(upload().url).content.decode()
    assert "****0009" in page and "A1000009" not in page
    assert "9999.99" in page and "1234.50" not in page
    assert "account" in page and "Take it in" in page


def test_the_preview_says_beside_the_cell_what_is_wrong(upload, signed_in, admin):
    page = signed_in(admin).get(upload().url).content.decode()
    assert "No account has this number." in page and "Of these rows 1 would be rejected." in page
    assert not Balance.objects.exists()


def test_a_preview_shows_twenty_rows_and_broken_ones_among_them(upload, signed_in, admin):
    rows = [f"A1,2024-03-{day:02},1" for day in range(1, 31)]
    rows.insert(3, "A1,2024-03-01")
    page = signed_in(admin).get(upload("\n".join(["account,date,balance", *rows]).encode()).url).content.decode()
    assert "2024-03-19" in page and "2024-03-20" not in page
    assert "The row has fewer fields than the first line" in page


def test_nothing_is_written_before_it_is_confirmed(upload, signed_in, admin, ring, django_capture_on_commit_callbacks):
    url = upload().url
    assert ImportBatch.objects.get().run.status == Run.Status.WAITING and not Balance.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(admin).post(f"{url}confirm/")
        signed_in(admin).post(f"{url}confirm/")
    assert ring == [ImportBatch.objects.get().run_id]


def test_a_worker_takes_the_file_in_and_deletes_it(upload, signed_in, admin, auditor, ring, uploads):
    url = upload().url
    signed_in(admin).post(f"{url}confirm/")
    assert [path for path in uploads.rglob("*") if path.is_file()]
    tasks.look()
    batch = ImportBatch.objects.get()
    assert (batch.accepted, batch.rejected, batch.run.status) == (1, 1, "completed_with_errors")
    assert not [path for path in uploads.rglob("*") if path.is_file()]
    page = signed_in(auditor).get(url).content.decode()
    assert "unknown_account" in page and "A1000009" not in page
    errors = signed_in(auditor).get(f"{url}errors.csv")
    assert b"3,account,unknown_account" in b"".join(errors.streaming_content)
    assert Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_progress_is_a_fragment_that_stops_asking_at_the_end(upload, signed_in, admin, ring):
    url = upload().url
    signed_in(admin).post(f"{url}confirm/")
    assert "hx-get" in signed_in(admin).get(f"{url}progress/").content.decode()
    tasks.look()
    assert "hx-get" not in signed_in(admin).get(f"{url}progress/").content.decode()


def test_a_file_without_names_of_columns_is_refused_beside_the_field(upload, uploads):
    answer = upload(b"13800001111,2,3\n13800001112,2,3\n")
    assert answer.status_code == 422 and b"must name the columns" in answer.content
    assert ImportBatch.objects.get().refused_code == "no_header"
    assert not [path for path in Path(uploads).rglob("*") if path.is_file()]


def test_a_file_in_two_codings_waits_for_the_word_which(upload):
    content = "account,date,balance,note\nA1,2024-03-01,1,张伟\n".encode()
    assert b"Say which coding" in upload(content).content
    assert upload(content, encoding="utf-8").status_code == 302


def test_a_file_may_not_be_too_large(upload, settings):
    settings.CRM_MAX_UPLOAD_BYTES = 10
    assert b"larger than an upload may be" in upload().content


def test_a_discarded_file_is_gone(upload, signed_in, admin, uploads, django_capture_on_commit_callbacks):
    url = upload().url
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(admin).post(f"{url}discard/")
    assert ImportBatch.objects.get().run.status == Run.Status.FAILED
    assert not [path for path in uploads.rglob("*") if path.is_file()]
    assert signed_in(admin).get(url).status_code == 200


@pytest.mark.parametrize("role", ["manager", "teller", "head", "agent", "approver", "agency"])
def test_only_admins_and_auditors_see_imports(role, request, signed_in):
    assert signed_in(request.getfixturevalue(role)).get("/imports/").status_code == 403


def test_an_auditor_changes_nothing(upload, signed_in, auditor):
    url = upload().url
    assert signed_in(auditor).get("/imports/").status_code == 200
    assert signed_in(auditor).get("/imports/new/").status_code == 403
    assert signed_in(auditor).post(f"{url}confirm/").status_code == 403
    assert b"Take it in" not in signed_in(auditor).get(url).content
