"""The customer: a person, a company or an institution."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.choices import ChoicesSaid
from crm.base.money import MoneyField
from crm.identity.models import Branch
from customers.models.changes import notes_record
from customers.models.channels import ContactChannel
from customers.querysets.parties import CustomerQuerySet

# what a rule of the night may look at in the record itself
RULED = ("kind", "status", "sex", "birth_date", "region", "occupation", "education", "annual_income", "language",
         "preferred_channel", "preferred_time")  # fmt: skip


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(exclude_auto=True)),
    pghistory.DeleteEvent(),
    append_only=True,
    # nights ask what changed since the one before (segmentation/changes)
    meta={"indexes": [BrinIndex(fields=["pgh_created_at"], name="customer_event_at", autosummarize=True)]},
)
class Customer(ChoicesSaid):
    """`pinyin` is the name without blanks in Latin letters, `sort_key` with blanks, `initials` the first letters.

    `version` rises with each change and is the ETag; `branch`, `manager` give reach. A record that was merged into another
    one is closed, and `merged_into` leads to the one that stands (customers/duplicates). Of a customer who was erased the
    number is left, and what was done under it (customers/privacy).
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COMPANY = "company", _("Company")
        INSTITUTION = "institution", _("Institution")

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")

    class Status(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        ACTIVE = "active", _("Active")
        DORMANT = "dormant", _("Dormant")
        FROZEN = "frozen", _("Frozen")
        CLOSED = "closed", _("Closed")
        DECEASED = "deceased", _("Deceased")

    class Time(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")
        WEEKEND = "weekend", _("Weekend")

    TIERED = (Status.ACTIVE, Status.DORMANT, Status.FROZEN)
    GONE = (Status.CLOSED, Status.DECEASED)

    number = models.CharField(_("number"), max_length=32, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=200, blank=True)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    initials = models.CharField(max_length=80, blank=True, editable=False)
    sort_key = models.CharField(max_length=400, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    occupation = models.CharField(_("occupation"), max_length=80, blank=True)
    education = models.CharField(_("education"), max_length=80, blank=True)
    annual_income = MoneyField(_("annual income"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    preferred_channel = models.CharField(
        _("preferred channel"), max_length=12, choices=ContactChannel, blank=True, default="", db_default=""
    )
    preferred_time = models.CharField(
        _("preferred time"), max_length=12, choices=Time, blank=True, default="", db_default=""
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("branch"), db_index=False
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("manager"),
        db_index=False,
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    status_since = models.DateField(_("status since"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("merged into"),
        db_index=False,
    )
    erased_on = models.DateField(pgettext_lazy("a customer", "erased on"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["sort_key", "pk"]
        triggers = notes_record(*RULED)
        indexes = [
            models.Index(fields=["sort_key", "id"], name="customers_by_name"),
            models.Index(fields=["branch", "sort_key", "id"], name="customers_of_branch"),
            models.Index(fields=["manager", "sort_key", "id"], name="customers_of_manager"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="customers_merged"
            ),
            models.Index(
                fields=["id"],
                condition=~models.Q(status__in=["active", "dormant", "frozen"]),
                name="customers_untiered",
            ),
            models.Index(fields=["id"], condition=models.Q(erased_on__isnull=False), name="customers_erased"),
            models.Index(OpClass("initials", "varchar_pattern_ops"), name="customers_initials"),
            models.Index(OpClass("number", "varchar_pattern_ops"), name="customers_number_prefix"),
            GinIndex(OpClass("pinyin", "gin_trgm_ops"), name="customers_pinyin"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="customers_name_latin"),
        ]

    def __str__(self) -> str:
        return self.name or self.number
