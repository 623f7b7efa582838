"""How money, days, names, tiers and icons look. A builtin of the template engine: nothing to load."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField, Select
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from crm.base import icons
from crm.base.keyset import COUNT_CAP
from crm.base.money import minor_unit, rounded
from crm.base.once import once

register = template.Library()
register.tag("once", once)
UNKNOWN = format_html('<span class="unknown" title="{}">–</span>', "")
SELECTED = mark_safe(" selected")
TIERS = ("mass", "standard", "affluent", "silver", "gold", "platinum", "diamond", "private")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    return icons.icon(name, extra)


def is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def money(amount: Decimal | None, currency: str, style: str = "") -> SafeString:
    """Exact to the minor unit; in Chinese by the ten thousand, the whole amount on hover, unless `style` is exact."""
    if amount is None:
        return UNKNOWN
    amount = Decimal(amount)
    exact = f"{rounded(amount, currency):,.{minor_unit(currency)}f}".replace("-", "\u2212")
    if not is_chinese() or style == "exact":
        shown = f'<span class="money">{exact} <span class="currency">{escape(currency)}</span></span>'
        return mark_safe(shown)  # noqa: S308  figures, and the currency escaped
    short = f"{rounded(amount / 10_000, 'CNY'):,.2f}".replace("-", "\u2212")
    unit = "万元" if currency == "CNY" else f"万 {currency}"
    return format_html(
        '<span class="money" title="{} {}">{} <span class="currency">{}</span></span>', exact, currency, short, unit
    )


@register.filter(name="money")
def money_filter(amount: Decimal | None, currency: str) -> SafeString:
    """For tiles and lists."""
    return money(amount, currency)


@register.filter
def money_exact(amount: Decimal | None, currency: str) -> SafeString:
    """For ledgers and statements."""
    return money(amount, currency, "exact")


def said_day(value: date) -> str:
    """A day in a sentence."""
    return _said_day(value, get_language())


@lru_cache(maxsize=4096)
def _said_day(value: date, language: str) -> str:
    return date_format(value, "Y-m-d" if is_chinese() else "j M Y")


@register.filter
def day(value: date | None) -> SafeString:
    """Of a moment, its day in the time zone of the bank."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return _day(value, get_language()) if value else UNKNOWN


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> SafeString:
    """Drawn once per day and language: Django takes longer to word a day than a row."""
    short = said_day(value)
    full = date_format(value, "Y年n月j日 l" if is_chinese() else "l, j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', f"{value:%Y-%m-%d}", full, short)


@register.filter
def moment(value: datetime | None) -> SafeString:
    if not value:
        return UNKNOWN
    local = timezone.localtime(value)
    short = date_format(local, "Y-m-d H:i" if is_chinese() else "j M Y, H:i")
    full = date_format(local, "Y年n月j日 l H:i:s" if is_chinese() else "l, j F Y, H:i:s T")
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), full, short)


@register.filter
def names(record: Any) -> SafeString:
    """The name, and under it the same in Latin letters where it is written in others."""
    other = record.sort_key.title() if record.name and not record.name.isascii() else ""
    own = f'<span class="own-script">{escape(str(record))}</span>'
    if not other or other.casefold() == record.name.casefold():
        return mark_safe(own)  # noqa: S308  escaped above
    return mark_safe(f'{own}<span class="other-script">{escape(other)}</span>')  # noqa: S308  escaped here


@register.filter
def masked(value: str) -> SafeString:
    """A value that is masked already, said as such to those who can't see the stars."""
    return format_html('<span class="masked" title="{}">{}</span>', gettext("masked"), value) if value else UNKNOWN


@register.simple_tag
@lru_cache(maxsize=512, typed=True)
def tag(label: Any, colour: str = "secondary") -> SafeString:
    return format_html('<span class="tag tag-{}">{}</span>', colour, label)


@register.simple_tag
@lru_cache(maxsize=512, typed=True)
def tier_badge(name: Any, code: str = "") -> SafeString:
    """The colour of a tier is the same everywhere; its name always stands in it."""
    return format_html('<span class="tier tier-{}">{}</span>', code if code in TIERS else "other", name)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A filter's input. A list of choices is drawn here: the library's way takes three templates per choice."""
    widget = field.field.widget
    if type(widget) is not Select:
        return field.as_widget()
    chosen = "" if field.value() is None else str(field.value())
    options = format_html_join("", '<option value="{}"{}>{}</option>', _options(widget.choices, chosen))
    return format_html(
        '<select name="{}" id="{}" class="form-select">{}</select>', field.html_name, field.auto_id, options
    )


def _options(choices: Any, chosen: str) -> Iterator[tuple[str, str, Any]]:
    """Groups of choices lose their headings."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _options(label, chosen)
        else:
            text = "" if value is None else str(value)
            yield text, SELECTED if text == chosen else "", label


@register.filter
def grouped(count: int) -> str:
    """A whole count, however large: 1,234,567."""
    return f"{count:,}"


@register.filter
def capped(count: int) -> str:
    """A count that stops at 10,000."""
    return f"{COUNT_CAP:,}+" if count > COUNT_CAP else f"{count:,}"


@register.filter
def thousands(count: int) -> str:
    return f"{count:,}"
