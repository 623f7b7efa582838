"""A number or picture in full: for a typed reason, and recorded as a look."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Document, DocumentImage
from customers.services.contacts import SHORTEST_REASON, may_reveal

REVEALED, SHOWN = "document.revealed", "document.image_shown"


@transaction.atomic
def reveal_number(*, document: Document, by: User, reason: str) -> str:
    document = Document.objects.visible_to(by).get(pk=document.pk)
    _record(REVEALED, document, by, reason)
    return str(document.number)


@transaction.atomic
def show_image(*, image: DocumentImage, by: User, reason: str) -> bytes:
    image = DocumentImage.objects.visible_to(by).select_related("document").get(pk=image.pk)
    _record(SHOWN, image.document, by, reason, image=image.pk, side=image.side)
    return bytes(image.content)


def _record(action: str, document: Document, by: User, reason: str, **said: Any) -> None:
    if not may_reveal(by):
        raise RuleBroken(_("Verify the caller first: contact data are shown during a verified call only."))
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken(_("Say why you need it, in a few words."), field="reason", code="reason")
    audit.record(action, document, by=by, kind=Event.Kind.READ, type=document.type, reason=reason, **said)
