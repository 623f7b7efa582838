"""What an uploaded picture really is: found in its content, never in its name, and decoded to its last pixel."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from crm.base.errors import RuleBroken
from customers.models import DocumentImage

Kind = DocumentImage.Kind
MOST_BYTES = 5 * 1024**2
MOST_PIXELS = 40_000_000
LEAST_SIDE = 50
MOST_PAGES = 20
SIGNS = {b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG, b"%PDF-": Kind.PDF}
# what lets a PDF do something by itself, or carry something along
ACTIVE = ("/OpenAction", "/AA", "/AcroForm")
NAMED = ("/JavaScript", "/EmbeddedFiles")


def content_of(file: UploadedFile) -> bytes:
    """Not read at all where it is too large."""
    if (file.size or 0) > MOST_BYTES:
        raise _too_large()
    return bytes(file.read())


def kind_of(content: bytes) -> Kind:
    """Raises RuleBroken, with a sentence, for what is no whole picture or plain PDF."""
    if not content:
        raise _refused(_("This file is empty."))
    if len(content) > MOST_BYTES:
        raise _too_large()
    kind = next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise _refused(_("Only JPEG and PNG pictures and PDF files are taken, whatever the file is called."))
    if kind == Kind.PDF:
        _look_at_pdf(content)
    else:
        _look_at_picture(content, kind)
    return kind


def _look_at_picture(content: bytes, kind: Kind) -> None:
    try:
        with Image.open(BytesIO(content), formats=[kind.label]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _refused(_("This picture is too large to be shown: make it smaller."))
            picture.load()
    except RuleBroken:
        raise
    except Exception as broken:  # whatever a decoder stumbles over, the picture can't be shown
        raise _refused(_("This picture is damaged and can't be shown.")) from broken
    if min(width, height) < LEAST_SIDE:
        raise _refused(_("Nobody can read a picture as small as this."))


def _look_at_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        is_locked = reader.is_encrypted
        pages = 0 if is_locked else len(reader.pages)
        is_active = not is_locked and _is_active(reader)
    except Exception as broken:  # as above
        raise _refused(_("This PDF is damaged and can't be shown.")) from broken
    if is_locked:
        raise _refused(_("This PDF is locked by a password."))
    if not 1 <= pages <= MOST_PAGES:
        raise _refused(_("A PDF of a document has 1 to %(most)s pages.") % {"most": MOST_PAGES})
    if is_active:
        raise _refused(_("This PDF holds a program, a form or another file: scan the document instead."))


def _is_active(reader: PdfReader) -> bool:
    root = reader.root_object
    names = root.get("/Names", DictionaryObject()).get_object()
    found = any(name in root for name in ACTIVE) or any(name in names for name in NAMED)
    return found or any("/AA" in page for page in reader.pages)


def _too_large() -> RuleBroken:
    return _refused(_("A picture has at most %(most)s MB.") % {"most": MOST_BYTES // 1024**2})


def _refused(text: str) -> RuleBroken:
    return RuleBroken(text, field="images", code="image")
