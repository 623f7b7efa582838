"""Looks and exports that the pages and REST announce become events of the trail."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from crm.audit import services
from crm.audit.models import Event

CONTACT = re.compile(r"(?<![\w@.])[^\s@]+@[^\s@]+|\d{7,}[0-9Xx]?")


def note_read(
    sender: type[Model],
    *,
    user: Any,
    obj: Model,
    what: str = "",
    customer_id: int | None = None,
    sections: Sequence[str] = (),
    **kwargs: Any,
) -> None:
    action = f"{sender._meta.model_name}.read"
    more = {"sections": sections} if sections else {}
    services.record(action, obj, by=user, kind=Event.Kind.READ, customer_id=customer_id, what=what, **more)


def note_export(
    sender: type[Model],
    *,
    user: Any,
    what: str,
    rows: int,
    parameters: dict[str, Any],
    customer_id: int | None = None,
    **kwargs: Any,
) -> None:
    services.record(
        f"{sender._meta.model_name}.exported",
        sender._meta.label_lower,
        by=user,
        kind=Event.Kind.EXPORT,
        customer_id=customer_id,
        what=what,
        rows=rows,
        parameters=without_contact_data(parameters),
    )


def without_contact_data(parameters: dict[str, Any]) -> dict[str, str]:
    """What was asked for, with numbers of seven digits and more and e-mail addresses hidden."""
    return {str(name): CONTACT.sub("***", str(value)) for name, value in parameters.items()}
