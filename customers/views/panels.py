"""Pieces that upper apps put on the page of a customer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise

from crm.base.panels import Panel
from crm.base.slots import contributions
from crm.identity.scope import scope_of


@dataclass(frozen=True)
class Rendered:
    name: str
    title: str | Promise
    html: str


def show(panel: Panel, request: HttpRequest, obj: Any) -> Rendered | None:
    """Of a customer, or of a past day of one. None where the panel has nothing to say, or the user may not read it."""
    if panel.permission and not request.user.may(panel.permission):
        return None
    if not panel.in_outline and not scope_of(request.user).opens(getattr(obj, "customer", obj)):
        return None
    context = panel.context(request, obj)
    if context is None:
        return None
    html = render_to_string(panel.template, {"customer": obj, "panel": panel} | context, request)
    return Rendered(panel.name, panel.title, html)


def rendered(slot: str, request: HttpRequest, obj: Any) -> list[Rendered]:
    shown = (show(panel, request, obj) for panel in contributions(slot))
    return [panel for panel in shown if panel]
