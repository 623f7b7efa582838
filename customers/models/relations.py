"""Who owns, runs and works for a company, whom it buys from and sells to: on any day."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.noted import Noted, guards, remembered
from customers.models.owning import owning
from customers.models.parties import Customer
from customers.querysets.companies import OutsidePartyQuerySet, PartyQuerySet

DAYS = (Func(F("since"), F("until"), function="daterange"), RangeOperators.OVERLAPS)


CORRECTED = """
NEW.version <> OLD.version + 1
AND (OLD.name, OLD.country, OLD.lei, OLD.registration_number) IS DISTINCT FROM (NEW.name, NEW.country, NEW.lei, NEW.registration_number)
"""


@remembered("OutsidePartyEvent", "name", "country", "lei", "registration_number", "reason")
class OutsideParty(models.Model):
    """A company or person of whom the bank knows no more than the name: a parent abroad, a shareholder.

    What was mistyped is corrected, and stays in the history; `by` and `noted_at` are of what stands, `reason` of its correction.
    """

    CORRECTABLE = ("name", "country", "lei", "registration_number")

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        PERSON = "person", _("Person")
        STATE = "state", _("State body")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: DE, US, HK."))
    lei = models.CharField(_("LEI"), max_length=20, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="", editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False,
        editable=False,
    )  # fmt: skip
    noted_at = models.DateTimeField(_("noted"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OutsidePartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party outside the bank")
        verbose_name_plural = _("parties outside the bank")
        ordering = ["name", "pk"]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="stays_what_it_is", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("kind")
            ),
            pgtrigger.Protect(
                name="corrected_by_version", operation=pgtrigger.Update, condition=pgtrigger.Condition(CORRECTED)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(version=1) | (~Q(reason="") & Q(noted_at__isnull=False)),
                name="outside_party_correction_says_why",
            ),
            models.UniqueConstraint(fields=["lei"], condition=~Q(lei=""), name="outside_party_one_lei"),
            models.UniqueConstraint(
                fields=["country", "registration_number"],
                condition=~Q(registration_number=""),
                name="outside_party_one_registration",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WithParty(Noted):
    """The other end is a customer of ours, or a party outside; never both."""

    FIXED = ("kind", "party", "outsider")

    party = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+", verbose_name=_("customer"))
    outsider = models.ForeignKey(
        OutsideParty, models.PROTECT, null=True, related_name="+", verbose_name=_("party outside the bank")
    )

    class Meta:
        abstract = True

    @property
    def party_name(self) -> str:
        return str(self.outsider or self.party)


ONE_PARTY = Q(party__isnull=False, outsider=None) | Q(party=None, outsider__isnull=False)


@remembered("CompanyRelationEvent", "share", "function", "since", "until", "remark")
class CompanyRelation(WithParty):
    """`since` inclusive, `until` the first day on which it no longer holds. `share` is a fraction of the capital, of what
    the company sells (buyers) or buys (suppliers). One that never held has `until` = `since`."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("Parent company")
        OWNER = "owner", pgettext_lazy("of a company", "Owner")
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
        DIRECTOR = "director", _("Director")
        EXECUTIVE = "executive", _("Executive")
        EMPLOYEE = "employee", _("Employee paid through us")
        BUYER = "buyer", _("Main buyer")
        SUPPLIER = "supplier", _("Main supplier")

    SHARED = (Kind.OWNER, Kind.BUYER, Kind.SUPPLIER)
    OF_PERSONS = (Kind.LEGAL_REPRESENTATIVE, Kind.DIRECTOR, Kind.EXECUTIVE, Kind.EMPLOYEE)
    # whose own deposits and loans stand beside the company's
    COUNTED = (Kind.OWNER, Kind.LEGAL_REPRESENTATIVE, Kind.DIRECTOR, Kind.EXECUTIVE, Kind.EMPLOYEE)

    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    share = models.DecimalField(_("share"), max_digits=7, decimal_places=6, null=True, blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation of a company")
        verbose_name_plural = _("relations of companies")
        ordering = ["customer", "kind", "-share", "since", "pk"]
        triggers = [
            *guards(WithParty.FIXED),
            *owning(),
        ]
        constraints = [
            models.CheckConstraint(condition=ONE_PARTY, name="relation_to_one_party"),
            models.CheckConstraint(condition=~Q(party=F("customer")), name="relation_to_another"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="relation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1, kind__in=["owner", "buyer", "supplier"]),
                name="relation_share_is_a_fraction",
            ),
            ExclusionConstraint(
                name="relation_once_a_day",
                expressions=[(name, RangeOperators.EQUAL) for name in ("customer", "kind", "party")] + [DAYS],
                condition=Q(party__isnull=False),
            ),
            ExclusionConstraint(
                name="relation_outside_once_a_day",
                expressions=[(name, RangeOperators.EQUAL) for name in ("customer", "kind", "outsider")] + [DAYS],
                condition=Q(outsider__isnull=False),
            ),
            ExclusionConstraint(
                name="relation_one_of_its_kind_a_day",
                expressions=[("customer", RangeOperators.EQUAL), ("kind", RangeOperators.EQUAL), DAYS],
                condition=Q(kind__in=["parent", "legal_representative"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
