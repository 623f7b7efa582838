"""Records that may be one customer, and records that a person made one."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.crypto import EncryptedTextField
from customers.models.moving import said_once
from customers.models.parties import Customer
from customers.querysets.merges import DuplicateQuerySet, MergeQuerySet


class Sign(models.TextChoices):
    """What two records share, or what speaks against one customer; the weights stand in duplicates/sql/pairs.sql."""

    DOCUMENT = "document", _("same id document")
    ID_CARD = "id_card", _("same identity card number")
    PASSPORT = "passport", _("same passport number")
    PERMIT = "permit", _("same permit number")
    LICENCE = "licence", _("same licence number")
    PHONE = "phone", _("same phone")
    EMAIL = "email", _("same e-mail")
    ADDRESS = "address", _("same address")
    NAME = "name", _("same name")
    SOUND = "sound", _("name sounds the same")
    BIRTH_DATE = "birth_date", _("same birth date")
    OTHER_DOCUMENT = "other_document", _("another id document")
    OTHER_NAME = "other_name", _("another name")
    OTHER_BIRTH_DATE = "other_birth_date", _("another birth date")
    OTHER_SEX = "other_sex", _("another sex")


class Duplicate(models.Model):
    """Two records that may be one customer; `first` is the one with the lower key. `score` is at most 100.

    An open pair that no longer looks alike goes; one that a person closed stays closed.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a pair of records", "Open")
        DISMISSED = "dismissed", _("Two customers")
        MERGED = "merged", _("Merged")

    first = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("record"), db_index=False)
    second = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("other record"))
    score = models.PositiveSmallIntegerField(pgettext_lazy("likeness", "score"))
    signs = ArrayField(models.CharField(max_length=16, choices=Sign), verbose_name=_("why"))
    found_at = models.DateTimeField(_("found"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, db_default=State.OPEN)
    closed_at = models.DateTimeField(pgettext_lazy("a pair of records", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        db_index=False,
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True, db_default="")

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_first_is_lower"),
        ]
        indexes = [models.Index(fields=["-score", "-id"], condition=Q(state="open"), name="duplicate_open")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"

    @property
    def said(self) -> list[str]:
        """The signs in words, those that speak for one customer first."""
        return [str(Sign(name).label) for name in self.signs]


class Merge(models.Model):
    """`absorbed` became a part of `survivor`. `kept` is what undoing needs: the keys of what moved, and what was before.

    `before` are the contact data that the record that stays had, where those of the other one were taken: sealed.
    """

    survivor = models.ForeignKey(Customer, models.PROTECT, related_name="merges", verbose_name=_("record that stays"))
    absorbed = models.ForeignKey(
        Customer, models.PROTECT, related_name="merged", verbose_name=_("merged record"), db_index=False
    )
    reason = models.CharField(_("reason"), max_length=300)
    kept = models.JSONField(default=dict, editable=False)
    before = EncryptedTextField(default="", editable=False)
    at = models.DateTimeField(_("merged"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
        db_index=False,
    )
    undone_because = models.CharField(_("reason for undoing"), max_length=300, blank=True, db_default="")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="merge_one_standing"),
            models.CheckConstraint(condition=~Q(survivor=F("absorbed")), name="merge_of_two_records"),
        ]
        indexes = [
            models.Index(fields=["absorbed"], name="merge_of_absorbed"),
            models.Index(fields=["-at", "-id"], name="merge_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            said_once("undone_once", "OLD.undone_at IS NOT NULL", "undone_at", "undone_by_id", "undone_because"),
            pgtrigger.Protect(
                name="only_undone",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["kept", "before", "undone_at", "undone_by", "undone_because"]),
            ),
            said_once("told_once", "OLD.kept <> '{}'::jsonb", "kept"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} {self.survivor_id}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None
