"""What documents put on the page of a customer: a banner, a line of what matters now, a tab, entries of the timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.identity.models import User
from customers.documents.agreeing import contradicts
from customers.documents.tables import state_of
from customers.masking import national_id
from customers.models import Customer, Document, DocumentImage
from customers.services.contacts import may_reveal
from customers.timeline import Item, Source

IMAGES = Prefetch("images", DocumentImage.objects.without_content().select_related("by").order_by("pk"))


@dataclass(frozen=True)
class Line:
    """A document as the tab shows it."""

    document: Document
    number: str
    state: str
    colour: str
    is_contradicted: bool = False
    code: str = ""

    @property
    def percent(self) -> str:
        share = self.document.share
        return f"{share * 100:.2f}".rstrip("0").rstrip(".") if share else ""


def with_ending() -> dict[str, Any]:
    """`first_ending`: type and last day of the document that ends first of those that stand."""
    own = Document.objects.open().filter(customer=OuterRef("pk"), valid_until__isnull=False)
    said = own.order_by("valid_until", "pk").values(said=JSONObject(type="type", valid_until="valid_until"))
    return {"first_ending": Subquery(said[:1])}


def _first_ending(customer: Customer) -> Document | None:
    said = getattr(customer, "first_ending", None)
    return said and Document(type=said["type"], valid_until=date.fromisoformat(said["valid_until"]))


def _expired(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    first = _first_ending(customer)
    return {"document": first} if first and first.is_expired(timezone.localdate()) else None


def _ending(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    first, today = _first_ending(customer), timezone.localdate()
    if first is None or not (first.is_expired(today) or first.ends_soon(today)):
        return None
    return {"document": first, "is_expired": first.is_expired(today)}


def lines_of(customer: Customer, on: date) -> list[Line]:
    """Those that stand first, each with its pictures. Two queries."""
    rows = Document.objects.filter(customer=customer).select_related("by", "closed_by").prefetch_related(IMAGES)
    found = sorted(rows, key=lambda row: (not row.is_open, Document.Type.values.index(row.type)))
    return [
        Line(row, national_id(row.number), *state_of(row, on), is_contradicted=contradicts(customer, row))
        for row in found
    ]


def _documents(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    lines = lines_of(customer, timezone.localdate())
    held = {line.document.type for line in lines if line.document.is_open}
    may = user.may("documents:write") and not customer.merged_into_id
    offered = [each for each in Document.OF_KIND[customer.kind] if each not in held or each not in Document.SINGLE]
    return {
        "lines": [line for line in lines if line.document.is_open],
        "earlier": [line for line in lines if not line.document.is_open],
        "may_write": may,
        "may_reveal": may_reveal(customer, user),
        "offered": offered if may else [],
    }


def _events(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("documents:read"):
        return []
    rows = Document.objects.filter(customer=customer).select_related("by", "closed_by")
    if before:
        rows = rows.filter(Q(recorded_at__lt=before) | Q(closed_at__lt=before))
    found = []
    for row in rows.order_by("-recorded_at", "-pk")[:limit]:
        text = _("Document renewed: %(document)s") if row.replaces_id else _("Document recorded: %(document)s")
        found.append(_item(row.recorded_at, text % {"document": row}, row.by))
        if row.closed_at and row.closed_as != Document.Closing.REPLACED:
            text = _("Document closed: %(document)s") % {"document": row}
            found.append(_item(row.closed_at, text, row.closed_by, row.closed_because))
    return [item for item in found if before is None or item.at < before]


def _item(at: datetime, title: str, by: User | None, text: str = "") -> Item:
    return Item(at=at, kind="document", title=title, text=text, by=str(by or ""), icon="id")


BADGE = Panel("documents", "customers/documents/_badge.html", _expired, permission="documents:read")
NOW = Panel("documents", "customers/documents/_now.html", _ending, gettext_lazy("Documents"), "documents:read")
DOCUMENTS = Panel("documents", "customers/documents/_documents.html", _documents, gettext_lazy("Documents"), "documents:read")  # fmt: skip
EVENTS = Source("document", gettext_lazy("Documents"), _events)
