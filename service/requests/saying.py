"""Forms in words, for those who keep them and those who approve them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.models import Product
from service.requests.definition import Field, Form, readable
from service.requests.words import FieldType


def said_of(form: Form) -> list[tuple[str, str]]:
    """What is asked of who fills it in, line by line: (heading, words)."""
    return [
        (_("Identity"), str(form.identity.label)),
        (_("Executed"), said_time(form)),
        (_("Second pair of eyes"), _("Yes") if form.is_checked else _("No")),
        (_("Frozen customers"), pgettext("a form", "refused") if form.moves_assets else _("served")),
        (_("Suitability"), _("each product has to suit the customer") if form.is_suited else _("not asked")),
    ]


def said_time(form: Form) -> str:
    days = _("on working days of %(country)s") % {"country": form.country} if form.country else _("every day")
    if not form.cut_off:
        return days
    return _("%(days)s, the same day until %(clock)s") % {"days": days, "clock": form.cut_off}


def said_field(field: Field) -> str:
    words = [_(word) for word in field.words]
    if field.type == FieldType.PRODUCT:
        words = [str(Product.Family(word).label) for word in field.words]
    said = f"{field.type.label}: {', '.join(words)}" if words else str(field.type.label)
    return f"{said} ({pgettext('a field', 'optional')})" if field.is_optional else said


def said_parts(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    """(heading, words) by key, for a comparison of two versions."""
    form = readable(content)
    if form is None:
        return {}
    said: dict[Any, tuple[str, str]] = {"name": (_("Name"), _(form.name))}
    if form.about:
        said["about"] = (_("Description"), _(form.about))
    said |= {heading: (heading, words) for heading, words in said_of(form)}
    said["retired"] = (pgettext("a form", "Offered"), _("No") if form.is_retired else _("Yes"))
    for field in form.fields:
        heading = _("Field “%(name)s”") % {"name": _(field.label)}
        said["field", field.code] = (heading, said_field(field))
    return said
