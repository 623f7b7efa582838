"""What may be kept as a picture: found by content, whole, and able to do nothing."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from crm.base.errors import RuleBroken
from customers.documents.images import kind_of
from tests.factories.documents import picture


def pdf(pages: int = 1, *, script: bool = False, password: str = "", attached: bool = False) -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attached:
        writer.add_attachment("x.exe", b"MZ")
    if password:
        writer.encrypt(password)
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("content", [picture("PNG"), picture("JPEG"), pdf(2)], ids=["png", "jpeg", "pdf"])
def test_pictures_and_plain_pdfs_are_taken(content) -> None:
    assert kind_of(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"0" * 200, "Only JPEG and PNG"),
        (b"<svg onload='alert(1)'/>", "Only JPEG and PNG"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "damaged"),
        (picture("JPEG", (400, 400))[:-900], "damaged"),
        (picture("PNG", (7_000, 6_000)), "too large to be shown"),
        (picture("PNG", (20, 20)), "as small as this"),
        (b"%PDF-1.7 nothing", "damaged"),
        (pdf(21), "1 to 20 pages"),
        (pdf(script=True), "holds a program"),
        (pdf(attached=True), "holds a program"),
        (pdf(password="secret"), "locked"),
    ],
)
def test_what_is_no_whole_picture_is_refused_with_a_sentence(content, words) -> None:
    with pytest.raises(RuleBroken, match=words):
        kind_of(content)


def test_a_picture_of_more_than_five_megabytes_is_refused() -> None:
    with pytest.raises(RuleBroken, match="at most 5 MB"):
        kind_of(picture() + b"0" * 5 * 1024**2)
