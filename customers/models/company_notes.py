"""Whom one speaks to at a company, what was seen there, what one hears of it, and what ends when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers.models.contacts import Interaction
from customers.models.noted import Noted, guards, remembered
from customers.querysets.companies import NotedQuerySet, RenewalQuerySet, SpanQuerySet


@remembered("ContactPersonEvent", "name", "function", "is_main", "since", "until")
class ContactPerson(Noted):
    """Phone and e-mail are encrypted and shown masked, as a customer's; its history has none of them."""

    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=80)
    phone = EncryptedTextField(_("phone"), default="", blank=True)
    email = EncryptedTextField(_("e-mail"), default="", blank=True)
    is_main = models.BooleanField(_("speaks for the company first"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["customer", "-is_main", "name", "pk"]
        triggers = guards()
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="contact_person_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


@remembered("SiteVisitEvent", "met", "premises", "stock", "findings")
class SiteVisit(Noted):
    """What was seen on a contact by way of a visit, which the timeline shows."""

    FIXED = ("interaction", "visited_on")

    interaction = models.OneToOneField(
        Interaction, models.PROTECT, related_name="site_visit", verbose_name=_("interaction")
    )
    visited_on = models.DateField(_("visited on"))
    met = models.CharField(_("who was met"), max_length=200, blank=True)
    premises = models.TextField(_("premises and equipment"), max_length=2000, blank=True)
    stock = models.TextField(_("stock and orders"), max_length=2000, blank=True)
    findings = models.TextField(_("findings"), max_length=4000)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")
        ordering = ["customer", "-visited_on", "-pk"]
        triggers = guards(("interaction", "visited_on"))

    def __str__(self) -> str:
        return f"{self.visited_on}"


@remembered("CompanyNewsEvent", "on", "source", "text", "impact")
class CompanyNews(Noted):
    class Impact(models.TextChoices):
        GOOD = "good", pgettext_lazy("impact", "Good")
        NEUTRAL = "neutral", pgettext_lazy("impact", "Neutral")
        BAD = "bad", pgettext_lazy("impact", "Bad")

    on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)
    impact = models.CharField(_("impact"), max_length=8, choices=Impact, default=Impact.NEUTRAL)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a company")
        verbose_name_plural = _("news of companies")
        ordering = ["customer", "-on", "-pk"]
        triggers = guards()

    def __str__(self) -> str:
        return f"{self.on} {self.source}"


@remembered("RenewalEvent", "kind", "what", "due_on", "done_on", "remark")
class Renewal(Noted):
    """Something of the company that ends on `due_on` unless it is renewed; `done_on` says that it was."""

    class Kind(models.TextChoices):
        LIMIT = "limit", _("Credit limit")
        GUARANTEE = "guarantee", _("Guarantee")
        LICENCE = "licence", _("Licence")
        INSURANCE = "insurance", pgettext_lazy("renewal", "Insurance")
        OTHER = "other", pgettext_lazy("renewal", "Other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    what = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("renewed on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")
        ordering = ["customer", "due_on", "pk"]
        triggers = guards()
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(done_on=None), name="renewal_due")]

    def __str__(self) -> str:
        return self.what
