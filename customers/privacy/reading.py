"""Erasures in words."""

from typing import Any

from django.utils.functional import Promise

from customers.models import Erasure
from customers.privacy.paper import in_words
from customers.privacy.taking import Category, kept
from customers.privacy.telling import told

Line = list[tuple[str, str]]


def sections_of(erasure: Erasure) -> list[tuple[str | Promise, int]]:
    """What was taken, by category."""
    return [(Category(name).label, number) for name, number in erasure.counts.items() if name in Category]


def stays() -> list[str]:
    """Why what stays may stay, each reason once."""
    return list(dict.fromkeys(str(each.because) for each in kept()))


def counts_of(lines: list[tuple[Any, int]]) -> list[dict[str, Any]]:
    """What would be taken, for programs."""
    return [{"what": str(part.label), "category": str(part.category), "rows": number} for part, number in lines]


def seal_in_words(found: dict[str, list[dict[str, Any]]], kind: str) -> list[tuple[str | Promise, list[Line]]]:
    """What lay in a seal, as a customer would be told it: by the names of the fields, codes in words, without ids."""
    parts = {part.model._meta.label_lower: part for part in reversed(told())}
    sections = []
    for name, rows in found.items():
        part = parts[name]
        labels, words = part.labels(kind), part.words()
        lines = [
            [(labels[path], in_words(row[path], words.get(path, {}))) for path in labels if row.get(path)]
            for row in rows
        ]
        if lines:
            sections.append((part.label, lines))
    return sections
