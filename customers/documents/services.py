"""Verbs on documents: recorded, renewed, closed, and pictures added. What was recorded is never changed."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.documents.agreeing import known_number
from customers.documents.checking import Draft, checked
from customers.documents.images import kind_of
from customers.models import Customer, Document, DocumentImage
from customers.querysets.parties import refuse_merged
from customers.services import change_contact, change_customer
from customers.services.versions import locked

MOST_IMAGES = 6
Side = DocumentImage.Side
Picture = tuple[str, bytes]  # the side, and what was uploaded


@transaction.atomic
def record_document(
    *,
    customer: Customer,
    type: str,
    number: str,
    valid_until: date | None,
    by: User | str,
    at: datetime,
    valid_from: date | None = None,
    issuer: str = "",
    holder: str = "",
    identified_by: str = "",
    share: Decimal | None = None,
    mrz: str = "",
    images: Iterable[Picture] = (),
) -> Document:
    """`valid_until` is the last day, None for a document without end; `share` a fraction; `mrz` the foot of a passport.

    The record takes over an id number, birth date and sex that it did not know; what it knows otherwise refuses.
    """
    customer = locked(customer, None)
    draft = Draft(type, number, valid_from, valid_until, issuer, holder, identified_by, share, mrz)
    return _record(customer, draft, None, images, by=by, at=at)


@transaction.atomic
def renew_document(
    *, document: Document, valid_until: date | None, by: User | str, at: datetime, number: str = "", **said: Any
) -> Document:
    """The newer one takes the place of `document`, which stays in the history. Without a number it has the same one."""
    customer, old = _for_change(document)
    draft = Draft(
        old.type,
        number or old.number,
        said.get("valid_from"),
        valid_until,
        said.get("issuer", old.issuer),
        said.get("holder") or old.holder,
        said.get("identified_by") or old.identified_by,
        said.get("share") or old.share,
        said.get("mrz", ""),
    )
    _close(old, Document.Closing.REPLACED, "", by, at)
    return _record(customer, draft, old, said.get("images", ()), by=by, at=at)


@transaction.atomic
def close_document(*, document: Document, closed_as: str, because: str, by: User | str, at: datetime) -> Document:
    """It no longer counts: lost, left, or recorded by mistake. It stays in the history."""
    _customer, document = _for_change(document)
    if closed_as not in set(Document.Closing) - {Document.Closing.REPLACED}:
        raise RuleBroken(_("Say what became of the document."), field="closed_as")
    because = " ".join(because.split())
    if not 1 <= len(because) <= 300:
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 300}, field="because")
    _close(document, Document.Closing(closed_as), because, by, at)
    audit.record("document.closed", document, by=by, closed_as=closed_as, type=document.type)
    return document


@transaction.atomic
def add_images(*, document: Document, images: Iterable[Picture], by: User | str, at: datetime) -> list[DocumentImage]:
    """Each is looked at; none is kept where one is refused."""
    _customer, document = _for_change(document)
    images = list(images)
    if not images:
        raise RuleBroken(_("Choose a picture."), field="images", code="required")
    return _add(document, images, by, at)


def _for_change(document: Document) -> tuple[Customer, Document]:
    """Both locked, the customer first; the document still stands."""
    customer = locked(document.customer, None)
    document = Document.objects.for_change(document)
    refuse_merged(document.customer)
    if not document.is_open:
        raise RuleBroken(_("This document is closed already."))
    return customer, document


def _record(
    customer: Customer, draft: Draft, old: Document | None, images: Iterable[Picture], *, by: User | str, at: datetime
) -> Document:
    today = timezone.localdate(at)
    found, said = checked(customer, draft, as_of=today)
    document = Document.objects.create(
        customer=customer,
        number_hash=keyed_hash(found.number),
        recorded_at=at,
        by=by if isinstance(by, User) else None,
        replaces=old,
        **found.kept(),
    )
    _complete(customer, document, found.number, said.birth_date, said.sex, by)
    replaced: dict[str, Any] = {"replaces": old.pk} if old else {}
    audit.record("document.renewed" if old else "document.recorded", document, by=by, type=document.type, **replaced)
    _add(document, list(images), by, at)
    return document


def _complete(
    customer: Customer, document: Document, number: str, birth_date: date | None, sex: str, by: User | str
) -> None:
    """What the document says and the record did not know."""
    if document.type in Document.PERSONAL:
        known = {"birth_date": customer.birth_date, "sex": customer.sex}
        told = {"birth_date": birth_date, "sex": sex}
        fresh: dict[str, Any] = {name: value for name, value in told.items() if value and not known[name]}
        if fresh:
            change_customer(customer=customer, by=by, **fresh)
    is_own = document.type in (*Document.PERSONAL, Document.Type.CREDIT_CODE)
    if is_own and not known_number(customer):
        change_contact(customer=customer, by=by, national_id=number)


def _close(document: Document, closing: Document.Closing, because: str, by: User | str, at: datetime) -> None:
    document.closed_at, document.closed_as, document.closed_because = at, closing, because
    document.closed_by = by if isinstance(by, User) else None
    document.save(update_fields=["closed_at", "closed_as", "closed_because", "closed_by"])


def _add(document: Document, images: list[Picture], by: User | str, at: datetime) -> list[DocumentImage]:
    if not images:
        return []
    if document.images.count() + len(images) > MOST_IMAGES:
        raise RuleBroken(_("A document has at most %(count)s pictures.") % {"count": MOST_IMAGES}, field="images")
    found = []
    for side, content in images:
        if side not in Side.values:
            raise RuleBroken(_("There is no such side of a document."), field="side")
        found.append(
            DocumentImage.objects.create(
                document=document,
                side=side,
                content_type=kind_of(content),
                content=content,
                size=len(content),
                added_at=at,
                by=by if isinstance(by, User) else None,
            )
        )
    audit.record("document.images_added", document, by=by, images=len(found), type=document.type)
    return found
