"""What stands on the card: Latin capitals from the pinyin, as in a passport. The customer reads and confirms it."""

import re

from customers.models import Customer
from customers.models.cards import EMBOSSED as PATTERN
from customers.names import ONLY_HAN, folded, keys_of
from customers.surnames import COMPOUND

LONGEST = 26
FORBIDDEN = re.compile(r"[^A-Z .'/-]")
EMBOSSED = re.compile(PATTERN)


def suggested(customer: Customer) -> str:
    """张伟 ZHANG WEI, 欧阳明 OUYANG MING, 吕布 LYU BU; too long a name keeps its first word and initials."""
    words = _words(customer.name)
    if len(" ".join(words)) > LONGEST:
        words = [words[0], *(word[0] for word in words[1:])]
    return " ".join(words)[:LONGEST].strip(" -'/")


def _words(name: str) -> list[str]:
    if ONLY_HAN.match(name):
        size = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
        syllables = [syllable.replace("v", "yu") for syllable in keys_of(name).sort_key.split()]
        return ["".join(syllables[:size]).upper(), "".join(syllables[size:]).upper()]
    latin = name if name.isascii() else folded(name)
    return FORBIDDEN.sub("", " ".join(latin.upper().split())).split() or [keys_of(name).sort_key.upper()]


def can_be_embossed(name: str) -> bool:
    return bool(EMBOSSED.match(name)) and "  " not in name
