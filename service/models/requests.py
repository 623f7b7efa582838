"""What a customer asks the bank to do, by a form of the catalogue, and what became of it."""

import json
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.base.crypto import EncryptedTextField
from customers.models import Call, Customer
from customers.models.moving import moves_with_merges, said_once
from segmentation.models import four_eyes
from service.models.tickets import Ticket
from service.requests.querysets import OfRequestQuerySet, RequestFormQuerySet, RequestQuerySet
from service.requests.words import ENDED, WAYS, Identity, State


def _person(label: Any, **more: Any) -> models.ForeignKey:
    options: dict[str, Any] = {"related_name": "+", "verbose_name": label, "db_index": False} | more
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)


class RequestForm(models.Model):
    """A version of a form (requests/definition.py), in force from its day until the next one's; of two of a day the newer one."""

    code = models.CharField(_("code"), max_length=32)
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = _person(_("by"), null=True, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RequestFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("request form")
        verbose_name_plural = _("request forms")
        ordering = ["code", "-effective_from", "-number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="request_form_version_once")]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            four_eyes.version_of("request_form", also=True, late=True),
        ]

    def __str__(self) -> str:
        return str(_("%(name)s, version %(number)s")) % {"name": _(self.content["name"]), "number": self.number}


class ServiceRequest(models.Model):
    """`rules` are the form as it was on the day, so that a later version changes no request; `form_number` 0 is the standard form.
    `answers` are what the customer said, by field, none once they are erased. `execute_on` is the day of the one function (requests/timing.py)."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False
    )  # fmt: skip
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, null=True, blank=True, related_name="service_requests", verbose_name=_("ticket")
    )
    form = models.CharField(_("form"), max_length=32)
    form_number = models.PositiveIntegerField(_("version of the form"))
    rules = models.JSONField(_("rules"))
    sealed = EncryptedTextField(default="{}", editable=False)
    identity = models.CharField(_("identity"), max_length=8, choices=Identity)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("call"), db_index=False
    )
    is_checked = models.BooleanField(_("second pair of eyes"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    execute_on = models.DateField(_("executed on"))
    requested_at = models.DateTimeField(pgettext_lazy("a request", "requested"))
    requested_by = _person(_("requested by"))
    authorised_at = models.DateTimeField(pgettext_lazy("a request", "authorised"), null=True, blank=True)
    authorised_by = _person(_("authorised by"), null=True, blank=True)
    ended_at = models.DateTimeField(pgettext_lazy("a request", "ended"), null=True, blank=True)
    reference = models.CharField(_("reference of the core"), max_length=64, blank=True)
    once = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_checked=False) | Q(authorised_by=None) | ~Q(authorised_by=F("requested_by")),
                name="service_request_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REQUESTED, authorised_at=None)
                | Q(state=State.CANCELLED)
                | (~Q(state__in=[State.REQUESTED, State.CANCELLED]) & Q(authorised_at__isnull=False)),
                name="service_request_authorised_first",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at=None)),
                name="service_request_end_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(identity=Identity.PHONE) | Q(call__isnull=False), name="service_request_phone_has_a_call"
            ),
            models.UniqueConstraint(fields=["requested_by", "once"], name="service_request_once"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="service_request_newest"),
            models.Index(fields=["customer", "-requested_at"], name="service_request_of_customer"),
            models.Index(fields=["execute_on", "id"], condition=~Q(state__in=ENDED), name="service_request_open"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="ways", field="state", transitions=[(str(a), str(b)) for a, b in WAYS]),
            said_once("authorised_once", "OLD.authorised_at IS NOT NULL", "authorised_at", "authorised_by_id", "execute_on"),
            said_once("ended_for_good", "OLD.ended_at IS NOT NULL", "state", "ended_at", "reference"),
            pgtrigger.Protect(
                name="said_at_first",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("ticket", "form", "form_number", "rules", "identity", "call", "is_checked", "requested_at"),
                    *("requested_by", "once"),
                ),
            ),
            moves_with_merges(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"S{self.pk:08}"

    @property
    def answers(self) -> dict[str, Any]:
        return json.loads(self.sealed or "{}")

    @property
    def name(self) -> str:
        """Of the form, in the language that is active."""
        return str(_(self.rules["name"]))

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


class RequestStep(models.Model):
    """What happened with a request. Nobody is `by` where the bank's core said it, or a clock. Never changes."""

    request = models.ForeignKey(
        ServiceRequest, models.PROTECT, related_name="steps", verbose_name=_("service request"), db_index=False
    )
    at = models.DateTimeField(_("at"))
    by = _person(_("by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    words = models.CharField(_("reason"), max_length=300, blank=True)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a service request")
        verbose_name_plural = _("steps of service requests")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "state"], name="service_request_step_once")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_state_display())
