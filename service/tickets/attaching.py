"""Files of a message: looked at in their content, never by their name, and kept encrypted."""

from collections.abc import Iterable
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.documents.images import content_of, kind_of
from service.models import TicketAttachment, TicketMessage

MOST = 5


def attach(message: TicketMessage, files: Iterable[UploadedFile]) -> list[TicketAttachment]:
    """Each is looked at; none is kept where one is refused. Raises RuleBroken."""
    chosen = list(files)
    if len(chosen) > MOST:
        raise RuleBroken(_("A message carries at most %(most)s files.") % {"most": MOST}, field="files", code="file")
    return TicketAttachment.objects.bulk_create([_looked_at(message, file) for file in chosen])


def _looked_at(message: TicketMessage, file: UploadedFile) -> TicketAttachment:
    name = PurePath((file.name or "").replace("\\", "/")).name
    name = "".join(letter for letter in name if letter.isprintable())[-120:] or _("file")
    try:
        content = content_of(file)
        kind = kind_of(content)
    except RuleBroken as refusal:
        raise RuleBroken(f"{name}: {refusal}", field="files", code="file") from refusal
    return TicketAttachment(message=message, name=name, content_type=kind, size=len(content), content=content)
