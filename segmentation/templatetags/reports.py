"""How a cell of the migration report looks, and what became of a waiver at the core."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.base.templatetags.frame import UNKNOWN, money
from segmentation.waivers import posting_of

register = template.Library()
register.filter("posted", posting_of)


@register.simple_tag
def spread(cell: Any, measure: str, currency: str) -> SafeString:
    """The count, or the amount of the measure; a hidden one is said as such."""
    if measure == "customers":
        return format_html("{}", f"{cell.customers:,}")
    if cell.amounts[measure] is None:
        if not cell.is_hidden:
            return UNKNOWN
        return format_html('<span class="masked" title="{}">{}</span>', _("of too few customers to show"), _("hidden"))
    return money(cell.amounts[measure], currency)
