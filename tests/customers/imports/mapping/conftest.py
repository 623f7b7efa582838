from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from customers import tasks
from customers.imports.mapping.page import MappingForm
from customers.imports.mapping.services import survey_of
from customers.models import ImportBatch

CORE = "客户号,类别,性别,开户日,生日,备用号,备注\n"
ROWS = (
    "C1000001,个人,男,01.02.2024,1980年2月1日,13800001111,x\n"
    "C1000002,对公,,03.04.2024,,13800002222,\n"
    "C1000003,政府,女,05.06.2024,1999年12月31日,13800003333,y\n"
)


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
def desk(signed_in, admin) -> Client:
    return signed_in(admin)


@pytest.fixture
def upload(desk) -> Callable[..., Any]:
    """The answer to an upload of text on the page."""

    def upload(text: str = CORE + ROWS, kind: str = "customers", **more: Any) -> Any:
        file = SimpleUploadedFile("core.csv", text.encode("utf-8-sig"))
        return desk.post("/imports/new/", {"kind": kind, "file": file} | more)

    return upload


@pytest.fixture
def typed() -> Callable[..., dict[str, str]]:
    """What the mapping page of the last upload posts as it stands, with changes `{column: field}` and other inputs."""

    def typed(changes: dict[str, str] | None = None, **more: str) -> dict[str, str]:
        batch = ImportBatch.objects.latest("pk")
        form = MappingForm(batch, survey_of(batch), asked="")
        data = {"profile": form.chosen}
        for row in form.rows:
            data |= {f"f-{row.place}": row.said.field, f"was-{row.place}": row.said.field}
            data |= {f"d-{row.place}": row.said.date_form} if row.date_forms else {}
            data |= {f"n-{row.place}": row.said.number_form} if row.number_forms else {}
            data |= {word.name: word.value for word in row.words}
        places = {seen.name: place for place, seen in enumerate(form.survey.columns)}
        for column, field in (changes or {}).items():
            data[f"f-{places[column]}"] = field
        return data | more

    return typed
