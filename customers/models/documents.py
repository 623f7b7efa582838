"""Papers by which a customer, or who stands behind a company, is known: by number, until a day, with pictures."""

from collections.abc import Mapping
from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers.models.moving import moves_with_merges, said_once
from customers.models.parties import Customer
from customers.querysets.documents import DocumentQuerySet

CLOSING = ("closed_at", "closed_by", "closed_as", "closed_because")


class Document(models.Model):
    """`number` is encrypted and found by the keyed hash of its one spelling. `valid_until` is its last day, None for ever.

    What was recorded never changes: a newer one replaces it, or it is closed for a reason. `holder` and `identified_by` say
    whose number it is, and of which kind, where that is not the customer's own: of a company's people.
    """

    class Type(models.TextChoices):
        RESIDENT_ID = "resident_id", _("Resident identity card")
        HOUSEHOLD_REGISTER = "household_register", _("Household register")
        PASSPORT = "passport", _("Chinese passport")
        FOREIGN_PASSPORT = "foreign_passport", _("Foreign passport")
        HK_MACAU_PERMIT = "hk_macau_permit", _("Mainland travel permit, Hong Kong and Macau")
        TAIWAN_PERMIT = "taiwan_permit", _("Mainland travel permit, Taiwan")
        RESIDENCE_PERMIT = "residence_permit", _("Residence permit, Hong Kong, Macau and Taiwan")
        FOREIGN_RESIDENT = "foreign_resident", _("Foreigner's permanent residence card")
        CREDIT_CODE = "credit_code", _("Unified social credit code")
        LICENCE = "licence", _("Business licence")
        FINANCIAL_LICENCE = "financial_licence", _("Financial licence")
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
        BENEFICIAL_OWNER = "beneficial_owner", _("Beneficial owner")

    class Closing(models.TextChoices):
        REPLACED = "replaced", _("Replaced by a newer one")
        LOST = "lost", _("Lost or withdrawn by its issuer")
        LEFT = "left", _("No longer holds this place")
        MISTAKE = "mistake", _("Recorded by mistake")

    class Validity(models.TextChoices):
        VALID = "valid", _("valid")
        ENDS_SOON = "ends_soon", _("ends soon")
        EXPIRED = "expired", pgettext_lazy("a document", "expired")

    PERSONAL = (
        Type.RESIDENT_ID,
        Type.HOUSEHOLD_REGISTER,
        Type.PASSPORT,
        Type.FOREIGN_PASSPORT,
        Type.HK_MACAU_PERMIT,
        Type.TAIWAN_PERMIT,
        Type.RESIDENCE_PERMIT,
        Type.FOREIGN_RESIDENT,
    )
    IDENTIFYING = [(each.value, each.label) for each in PERSONAL]
    OF_PEOPLE = (Type.LEGAL_REPRESENTATIVE, Type.BENEFICIAL_OWNER)
    COMPANY = (Type.CREDIT_CODE, Type.LICENCE, *OF_PEOPLE)
    OF_KIND: Mapping[str, tuple[Type, ...]] = {
        Customer.Kind.PERSON: PERSONAL,
        Customer.Kind.COMPANY: COMPANY,
        Customer.Kind.INSTITUTION: (Type.CREDIT_CODE, Type.LICENCE, Type.FINANCIAL_LICENCE, *OF_PEOPLE),
    }
    # of which a customer has one at a time
    SINGLE = (
        Type.RESIDENT_ID,
        Type.HOUSEHOLD_REGISTER,
        Type.RESIDENCE_PERMIT,
        Type.FOREIGN_RESIDENT,
        Type.CREDIT_CODE,
        Type.LICENCE,
        Type.FINANCIAL_LICENCE,
        Type.LEGAL_REPRESENTATIVE,
    )
    # whose number is the customer's own, the same in all of them
    RESIDENT = (Type.RESIDENT_ID, Type.HOUSEHOLD_REGISTER)
    REGISTERED = (Type.CREDIT_CODE, Type.LICENCE)
    ENDLESS = (Type.HOUSEHOLD_REGISTER, Type.CREDIT_CODE)
    SOON = timedelta(days=90)

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="documents", verbose_name=_("customer"), db_index=False
    )
    type = models.CharField(_("type"), max_length=24, choices=Type)
    number = EncryptedTextField(_("number"), editable=False)
    number_hash = models.BinaryField(editable=False)
    holder = EncryptedTextField(_("holder"), default="", editable=False)
    identified_by = models.CharField(_("identified by"), max_length=24, choices=IDENTIFYING, blank=True)
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4, null=True, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(pgettext_lazy("a document", "valid until"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    closed_at = models.DateTimeField(pgettext_lazy("a document", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        db_index=False,
    )
    closed_as = models.CharField(_("what became of it"), max_length=8, choices=Closing, blank=True, default="")
    closed_because = models.CharField(_("reason"), max_length=300, blank=True, default="")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("replaces")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "type"],
                condition=Q(
                    closed_at=None,
                    type__in=["resident_id", "household_register", "residence_permit", "foreign_resident", "credit_code",
                              "licence", "financial_licence", "legal_representative"],
                ),
                name="document_one_open_of_its_type",
            ),
            models.UniqueConstraint(
                fields=["customer", "type", "number_hash"], condition=Q(closed_at=None), name="document_number_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="document_ends_after_start",
                violation_error_message=_("A document can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1, type="beneficial_owner"),
                name="document_share_of_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_as="", closed_by=None)
                | (Q(closed_at__isnull=False) & ~Q(closed_as="")),
                name="document_closing_is_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["customer", "-recorded_at", "-id"], name="document_of_customer"),
            models.Index(fields=["number_hash"], condition=Q(closed_at=None), name="document_by_number"),
            models.Index(fields=["valid_until", "id"], condition=Q(closed_at=None), name="document_ending"),
            models.Index(fields=["-recorded_at", "-id"], name="document_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once(
                "closed_once", "OLD.closed_at IS NOT NULL", "closed_at", "closed_by_id", "closed_as", "closed_because"
            ),
            # what is encrypted changes when the keys are turned; its hash only goes, when a customer is forgotten
            pgtrigger.Protect(
                name="only_its_closing_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=[*CLOSING, "customer", "number", "number_hash", "holder"]),
            ),
            said_once("its_hash_only_goes", "NEW.number_hash <> ''", "number_hash"),
            moves_with_merges(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_type_display())

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def validity(self, on: date) -> Validity:
        if self.is_expired(on):
            return self.Validity.EXPIRED
        return self.Validity.ENDS_SOON if self.ends_soon(on) else self.Validity.VALID

    def is_expired(self, on: date) -> bool:
        """Its last day is over."""
        return self.valid_until is not None and self.valid_until < on

    def ends_soon(self, on: date) -> bool:
        return self.valid_until is not None and on <= self.valid_until <= on + self.SOON
