"""A simulated effect as rows of a small table, whatever it holds."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "customers": _("Customers"),
    "movers": _("Customers who move"),
    "waived_before": _("Waived before"),
    "waived_after": _("Waived after"),
    "value_before": _("Value of the month before"),
    "value_after": _("Value of the month after"),
    "managed_before": _("Customers who are to have a manager, before"),
    "managed_after": _("Customers who are to have a manager, after"),
    "load_after": _("Their load, after"),
    "unknown": _("Customers whose value is not known"),
    "vip_wait": _("VIPs wait on a simulated day, minutes (p50 / p90)"),
    "other_wait": _("Others wait, minutes (p50 / p90)"),
    "longest_wait": _("The longest wait, minutes"),
    "data_date": _("Data date"),
}


def figures(effect: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Plain values, and sums by currency or the like; deeper things, such as a matrix, have a panel of their own, and a
    name that begins with an underscore."""
    known = [name for name in LABELS if name in effect]
    names = dict.fromkeys([*known, *(name for name in sorted(effect) if not name.startswith("_"))])
    return [(str(LABELS.get(name, name)), said) for name in names if (said := _said(effect[name])) != ""]


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        plain = {name: one for name, one in value.items() if not isinstance(one, Mapping | list)}
        return ", ".join(f"{_said(one)} {name}" for name, one in plain.items())
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if isinstance(value, list) or value is None else str(value)
