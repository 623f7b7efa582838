"""A deleted attribute is gone for everybody at once; a worker takes its values away afterwards, some thousands at a time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.sql import row_of
from crm.identity.models import User
from customers.attributes.services import refuse_deleted, refuse_used
from customers.models import Attribute, AttributeValue, ImportProfile

CLEARED = "SELECT customers_clear_attribute(%(attribute)s, %(after)s, %(size)s)"
BATCH = 5_000


@transaction.atomic
def delete_attribute(*, attribute: Attribute, by: User, at: datetime, ring: Callable[[], object] | None = None) -> int:
    """Shown, offered and written nowhere any more; `ring` tells a worker. How many values `clear_deleted` will take away.

    Refused while any version of a rule names it: retire it instead.
    """
    attribute = Attribute.objects.for_change(attribute)
    refuse_deleted(attribute)
    refuse_used(attribute, _("It is used and can't be deleted; retire it instead. Used by: %(uses)s."))
    values = AttributeValue.objects.filter(attribute=attribute).count()
    attribute.deleted_at, attribute.retired_at = at, attribute.retired_at or at
    attribute.version += 1
    attribute.save(update_fields=["deleted_at", "retired_at", "version"])
    audit.record("attribute.deleted", attribute, by=by, code=attribute.code, values=values)
    if ring:
        transaction.on_commit(ring)
    return values


def profiles_of(attribute: Attribute) -> QuerySet[ImportProfile]:
    """Those that fill it; once it is deleted they leave their column out."""
    rows = ImportProfile.objects.annotate(said=Cast("columns", TextField()))
    return rows.filter(said__contains=f'"{attribute.field}"').order_by("kind", "name")


def clear_deleted(*, size: int = BATCH) -> int:
    """A worker's, as often as one likes; broken off, it goes on with what is left. How many attributes are gone altogether."""
    return sum(_clear(attribute, size) for attribute in Attribute.objects.deleted())


def _clear(attribute: Attribute, size: int) -> bool:
    after: int | None = 0
    while after is not None:
        with transaction.atomic():
            (after,) = row_of(CLEARED, attribute=attribute.pk, after=after, size=size)
    return _let_go(attribute)


@transaction.atomic
def _let_go(attribute: Attribute) -> bool:
    """Once nothing is left; not while somebody writes or holds a value, which the next look takes away."""
    locked = Attribute.objects.for_removal(attribute)
    models: Any = (AttributeValue, apps.get_model("customers", "AttributeValueEvent"))
    if locked is None or any(model.objects.filter(attribute=locked).exists() for model in models):
        return False
    audit.record("attribute.cleared", locked, by="custom attributes", code=locked.code)
    locked.delete()
    return True
