"""Which field a column is by its name: the same, another word for it, or nearly spelled so."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from customers.imports.columns import Column
from customers.imports.mapping.synonyms import synonyms

ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")
SIGNS = re.compile(r"[\W_]+")
SAME, OTHER_WORD, ENDS_SO, CLOSE = 100, 90, 75, 80
NEAR = 0.82
SHORTEST = 4  # letters of Latin names that may be misspelled


def normal(name: str) -> str:
    """客户号（核心） and Cust_No. as 客户号 and custno."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return SIGNS.sub("", ASIDE.sub("", text)) or SIGNS.sub("", text)


@lru_cache(maxsize=8192)
def score(name: str, kind: str, field: str) -> int:
    """0 where the name says nothing; 100 where it is the field's."""
    text, own = normal(name), normal(field)
    if not text:
        return 0
    if text == own:
        return SAME
    terms = synonyms(kind, field)
    if text in terms:
        return OTHER_WORD
    if not text.isascii():
        return ENDS_SO if any(len(term) > 1 and not term.isascii() and text.endswith(term) for term in terms) else 0
    if len(text) < SHORTEST:
        return 0
    ratio = max(_alike(text, term) for term in (own, *terms))
    return round(CLOSE * ratio) if ratio >= NEAR else 0


def called(name: str, column: Column) -> int:
    """As `score`, of a column that a bank declared itself: by its name or its code."""
    text = normal(name)
    return SAME if column.label and text in (normal(column.label), normal(column.name.partition("_")[2])) else 0


def _alike(text: str, term: str) -> float:
    if not term.isascii() or len(term) < SHORTEST:
        return 0.0
    matcher = SequenceMatcher(None, text, term)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR else 0.0
