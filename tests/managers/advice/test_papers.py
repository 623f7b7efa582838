"""A version as a PDF in both languages, and what of advice stands in the file that a customer may ask for."""

import json
from io import BytesIO

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from pypdf import PdfReader

from crm.audit.models import Event
from customers.privacy.telling import told
from managers.advice.services import change_draft, hand_over_advice, record_answer
from tests.factories import AdviceFactory
from tests.managers.advice.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def text_of(paper) -> str:
    assert paper.headers["Content-Type"] == "application/pdf"
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper.content)).pages)


def test_a_version_is_a_paper_in_both_languages(drafted, content, manager, signed_in, queries):
    hand_over_advice(advice=drafted, handed_on=TODAY, by=manager, at=NOW)
    answer = {"outcome": "accepted", "channel": "phone", "answered_on": TODAY, "words": "同意配置"}
    record_answer(advice=drafted, by=manager, at=NOW, **answer)
    change_draft(advice=drafted, content=content(goals="提前退休"), by=manager, at=NOW)
    browser, address = signed_in(manager), f"/advice/{drafted.pk}/versions/1.pdf"
    with queries("advice_pdf"):
        paper = browser.get(address, {"language": "en"})
    english = text_of(paper)
    for said in ("Version 1", "女儿留学", "500,000.00 CNY", "60 months", "C3", "risk R3", "Accepted", "同意配置"):
        assert said in english
    chinese = text_of(browser.get(address, {"language": "zh-hans"}))
    assert "投资建议" in chinese and "女儿留学" in chinese and "Version" not in chinese
    assert "提前退休" not in english + chinese
    assert Event.objects.filter(kind="read", data__what="advice.pdf", customer_id=drafted.customer_id).count() == 2
    assert browser.get(f"/advice/{drafted.pk}/versions/2.pdf").status_code == 404
    page = browser.get(f"/advice/{drafted.pk}/").text
    assert f"{address}?language=zh-hans" in page and f"{address}?language=en" in page


def test_the_file_for_the_customer_has_of_a_draft_what_they_want_and_no_proposal(own):
    AdviceFactory(customer=own.customer)
    given = AdviceFactory(customer=own.customer, handed=True)
    parts = {part.name: part for part in told() if part.name.startswith("advice")}
    rows = {name: list(part.rows([own.customer.pk])) for name, part in parts.items()}
    (draft,) = rows["advice-drafts"]
    assert (draft["draft__goals"], draft["draft__amount"]) == ("Studies of the daughter", "500000")
    assert parts["advice-drafts"].labels("person")["draft__goals"] == "Goals"
    assert set(draft) == set(parts["advice-drafts"].labels("person"))
    assert len(rows["advice"]) == 2 and rows["advice-versions"][0]["advice"] == given.pk
    proposals = json.dumps([rows["advice"], rows["advice-drafts"]], cls=DjangoJSONEncoder)
    assert "Safe until then" not in proposals and "Safe until then" in str(rows["advice-lines"])
