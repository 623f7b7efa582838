"""Records acts. Called inside the transaction of the act: both happen, or neither."""

from typing import Any

from django.db.models import Model
from django.utils import timezone

from crm.audit.models import Event
from crm.base.context_vars import request_id


def record(
    action: str,
    obj: Model | str,
    *,
    by: Any,
    kind: str = Event.Kind.WRITE,
    customer_id: int | None = None,
    **data: Any,
) -> Event:
    """`by` is a user, or the name of a worker or command. `data` must be JSON and hold no contact data."""
    is_model = isinstance(obj, Model)
    return Event.objects.create(
        at=timezone.now(),
        kind=kind,
        action=action,
        actor_id=getattr(by, "pk", None),
        actor_label=str(by),
        object_type=obj._meta.label_lower if isinstance(obj, Model) else obj,
        object_id=str(obj.pk) if isinstance(obj, Model) else "",
        object_label=str(obj)[:200] if is_model else "",
        customer_id=customer_id,
        request_id=request_id.get(),
        data=data,
    )
