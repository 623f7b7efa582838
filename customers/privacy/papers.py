"""What documents, KYC, preferences and life events tell a customer; what goes, what stays, and what forbids an erasure.

Risk ratings and KYC reviews are never told, whatever is in them: whether there is a money-laundering case must not be guessed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pgtrigger
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from customers import masking
from customers.models import (
    AddressChange,
    Document,
    DocumentImage,
    KycReview,
    LifeEvent,
    Preference,
    RiskRating,
)
from customers.privacy.taking import Category, Deleted, Kept, Owned, Subject
from customers.privacy.telling import Told, Untold

FUNCTION = "customers_erase_more"


class Papers(Deleted):
    """With their pictures, which nobody could look at without them; the newest first, for they name what they replaced."""

    def take(self, subject: Subject) -> None:
        DocumentImage.objects.filter(document__customer__in=subject.ids).delete()
        with pgtrigger.ignore("customers.Document:kept"):
            for document in self.rows(subject.ids).order_by("-pk"):
                document.delete()


class Pictures(Deleted):
    """Counted here, and taken with their documents."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        return DocumentImage.objects.filter(document__customer__in=ids).order_by()

    def take(self, subject: Subject) -> None:
        """With the documents."""


class Held(Told):
    """A document of somebody else, such as a legal representative, names them masked."""

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"holder": masking.name(row["holder"])}


TOLD = (
    Held(
        "documents", _("Documents"), Document,
        ("type", "number", "holder", "issuer", "valid_from", "valid_until", "recorded_at", "closed_at", "closed_as"),
    ),
    Told("document-pictures", _("Pictures of documents"), DocumentImage, ("side", "content_type", "size", "added_at"), "document__customer__in"),
    Told("preferences", _("Preferences"), Preference, ("kind", "value", "source", "learnt_on", "ended_at")),
    Told("life-events", _("Life events"), LifeEvent, ("kind", "on", "about", "note", "source", "recorded_at", "struck_at")),
    Untold((RiskRating, KycReview), _("What a law forbids to disclose, whether or not there is any.")),
    Untold((AddressChange,), _("A mark by which tasks are opened.")),
)  # fmt: skip
TAKEN = (
    Papers(_("Documents"), Category.PAPERS, Document),
    Pictures(_("Pictures of documents"), Category.PAPERS, DocumentImage),
    Owned(_("Preferences"), Category.PROFILE, Preference, function=FUNCTION),
    Owned(_("Life events"), Category.PROFILE, LifeEvent, function=FUNCTION),
    Deleted(_("Changes of address"), Category.PROFILE, AddressChange),
    Kept((RiskRating, KycReview), _("Proof that the bank knew its customer, by number, without the name.")),
)


def holds(ids: Sequence[int], on: date) -> Iterable[str]:
    """Whoever asks for an erasure or decides it is cleared for cases."""
    if RiskRating.objects.cases().filter(customer__in=ids).exists():
        yield _t("An anti-money-laundering case is open.")
