"""What articles are about, their languages, and the terms by which one is suggested."""

import re

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from customers.querysets.search import CHINESE, WORDS

LANGUAGES = ("en", "zh")


class Topic(TextChoices):
    ACCOUNTS = "accounts", _("Accounts and deposits")
    CARDS = "cards", pgettext_lazy("an article", "Cards")
    PAYMENTS = "payments", _("Transfers and payments")
    FOREX = "forex", _("Foreign exchange and remittances")
    INVESTMENTS = "investments", _("Wealth management and funds")
    LOANS = "loans", pgettext_lazy("an article", "Loans")
    DIGITAL = "digital", _("Mobile and online banking")
    COMPLAINTS = "complaints", pgettext_lazy("an article", "Complaints")
    OTHER = "other", pgettext_lazy("an article", "Other")


LATIN = re.compile(r"[^\W_]+")
COMMON = frozenset(
    [
        "about",
        "and",
        "are",
        "but",
        "can",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "into",
        "not",
        "our",
        "that",
        "the",
        "their",
        "this",
        "was",
        "what",
        "when",
        "why",
        "with",
        "you",
        "your",
    ]
)
FEWEST = 3


def terms_of(text: str) -> list[str]:
    """Each pair of Chinese characters that stand together, and Latin words of three letters or more, without the s of plurals."""
    found: dict[str, None] = {}
    for word in WORDS.findall(text.lower()):
        if CHINESE.match(word):
            found |= dict.fromkeys(word[place : place + 2] for place in range(len(word) - 1))
        else:
            found |= dict.fromkeys(_singular(part) for part in LATIN.findall(word) if _tells(part))
    return list(found)


def own_language() -> str:
    """That of whoever reads."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def _tells(word: str) -> bool:
    return len(word) >= FEWEST and word not in COMMON


def _singular(word: str) -> str:
    return word[:-1] if len(word) > FEWEST and word.endswith("s") and not word.endswith("ss") else word
