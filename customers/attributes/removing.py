"""A deleted attribute is gone for everybody at once; a worker takes its values away afterwards, some thousands at a time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.sql import rows_of
from crm.identity.models import User
from customers.attributes.services import refuse_deleted, refuse_used
from customers.models import Attribute, AttributeValue

CLEARED = Path(__file__).parent / "sql" / "values_cleared.sql"
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


def clear_deleted(*, size: int = BATCH) -> int:
    """A worker's, as often as one likes; broken off, it goes on with what is left. How many attributes are gone altogether."""
    return sum(_clear(attribute, size) for attribute in Attribute.objects.deleted())


def _clear(attribute: Attribute, size: int) -> bool:
    after: int | None = 0
    while after is not None:
        with transaction.atomic():
            after = rows_of(CLEARED, attribute=attribute.pk, after=after, size=size)[0]["last"]
    return _let_go(attribute)


@transaction.atomic
def _let_go(attribute: Attribute) -> bool:
    """Once nothing is left; not while somebody holds a value, which the next look takes away."""
    locked = Attribute.objects.for_removal(attribute)
    if locked is None or AttributeValue.objects.filter(attribute=locked).exists():
        return False
    audit.record("attribute.cleared", locked, by="custom attributes", code=locked.code)
    locked.delete()
    return True
