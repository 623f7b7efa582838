"""Erasures in words."""

from typing import Any

from django.utils.functional import Promise

from customers.models import Erasure
from customers.privacy.taking import Category, kept


def sections_of(erasure: Erasure) -> list[tuple[str | Promise, int]]:
    """What was taken, by category."""
    return [(Category(name).label, number) for name, number in erasure.counts.items() if name in Category]


def stays() -> list[str]:
    """Why what stays may stay, each reason once."""
    return list(dict.fromkeys(str(each.because) for each in kept()))


def counts_of(lines: list[tuple[Any, int]]) -> list[dict[str, Any]]:
    """What would be taken, for programs."""
    return [{"what": str(part.label), "category": str(part.category), "rows": number} for part, number in lines]
