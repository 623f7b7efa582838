"""What somebody noted of a company. It is corrected by saying it anew: each version that stood stays in its history."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.moving import moves_with_merges
from customers.models.parties import Customer


def remembered(model_name: str, *fields: str):
    """Keeps what these fields said before each correction, and who had said it, in a model of this name."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange("version")),
        fields=[*fields, "by", "noted_at", "version"],
        model_name=model_name,
        obj_field=pghistory.ObjForeignKey(related_name="events"),
        append_only=True,
    )


class Noted(models.Model):
    """`by` and `noted_at` are of the version that stands; a version rises with each correction. `FIXED` no correction changes."""

    FIXED: ClassVar[tuple[str, ...]] = ()

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("company"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"),
        db_index=False,
    )  # fmt: skip
    noted_at = models.DateTimeField(_("noted"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def guards(fixed: tuple[str, ...] = ()) -> list[pgtrigger.Trigger]:
    """Nothing is deleted, nothing goes to another company but with a merge, and what is `fixed` never changes."""
    found: list[pgtrigger.Trigger] = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete), moves_with_merges()]
    if for_good := [name for name in fixed if name != "party"]:
        found.append(
            pgtrigger.Protect(
                name="said_for_good", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(*for_good)
            )
        )
    if "party" in fixed:
        found.append(moves_with_merges("party"))
    return found
