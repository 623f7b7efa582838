"""Records acts. Called inside the transaction of the act: both happen, or neither."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from crm.audit.models import Event, IdempotencyKey
from crm.base.context_vars import request_id

MANY = 2_000


def record(
    action: str,
    obj: Model | str,
    *,
    by: Any,
    kind: str = Event.Kind.WRITE,
    customer_id: int | None = None,
    **data: Any,
) -> Event:
    """`by` is a user, or the name of a worker or command. `data` must be JSON and hold no contact data.

    The customer whom an object is, or belongs to by its `customer_id`, is found without being named.
    """
    event = _event(action, obj, by=by, kind=kind, customer_id=customer_id, data=data)
    event.save(force_insert=True)
    return event


def record_many(action: str, acts: Iterable[tuple[Model, Mapping[str, Any]]], *, by: Any) -> None:
    """The same act on many objects, each with its data."""
    events = (_event(action, obj, by=by, data=dict(data)) for obj, data in acts)
    Event.objects.bulk_create(events, batch_size=MANY)


def _event(
    action: str, obj: Model | str, *, by: Any, data: dict[str, Any], kind: str = Event.Kind.WRITE,
    customer_id: int | None = None,
) -> Event:  # fmt: skip
    is_model = isinstance(obj, Model)
    return Event(
        at=timezone.now(),
        kind=kind,
        action=action,
        actor_id=getattr(by, "pk", None),
        actor_label=str(by)[:150],
        object_type=obj._meta.label_lower if isinstance(obj, Model) else obj,
        object_id=str(obj.pk) if isinstance(obj, Model) else "",
        object_label=str(obj)[:200] if is_model else "",
        customer_id=customer_id or _customer_of(obj),
        request_id=request_id.get(),
        data=data,
    )


def _customer_of(obj: Model | str) -> int | None:
    """Audit stands below customers and knows the word only."""
    if isinstance(obj, Model) and obj._meta.model_name == "customer":
        return obj.pk
    return getattr(obj, "customer_id", None)


@transaction.atomic
def forget_answers(*, before: datetime) -> int:
    """Delete the kept answers to POSTs that are older than `before`; how many went."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=before).delete()
    return deleted
