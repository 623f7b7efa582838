"""How a name sorts and is found: 张伟 by "zhang wei", "zhangwei" and "zw"; Ján Novák by "jan novak" and "jn".

`keys_of` is on the path of imports: parts of names repeat, so each is read once and remembered.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from customers.surnames import COMPOUND, SURNAMES

HAN = r"㐀-䶿一-鿿\U00020000-\U0003ffff"
CHUNKS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
FIRST_HAN = re.compile(rf"[{HAN}]")
ONLY_HAN = re.compile(rf"[{HAN}]{{2,4}}\Z")
JOINERS = str.maketrans(dict.fromkeys("'’`·", ""))
# letters that no accent can be taken from
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
LONGEST_PERSON = 4
KEY_LENGTH, INITIALS_LENGTH = 400, 80


class Keys(NamedTuple):
    sort_key: str
    pinyin: str
    initials: str


def folded(text: str) -> str:
    """Without accents, width and case: what two spellings of a name have in common."""
    if text.isascii():
        return text.lower()
    apart = normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in apart if not combining(letter))


@lru_cache(maxsize=32_768)
def _character(han: str) -> str:
    return str(lazy_pinyin(han, style=Style.NORMAL)[0])


@lru_cache(maxsize=65_536)
def _read(han: str) -> tuple[str, ...]:
    """The syllables of a given name or of a word. Only what may be a known phrase needs the dictionary of phrases."""
    if len(han) > 2 or han in PHRASES_DICT:
        return tuple(lazy_pinyin(han, style=Style.NORMAL))
    return tuple(map(_character, han))


@lru_cache(maxsize=4_096)
def _surname(han: str) -> tuple[str, ...]:
    return SURNAMES.get(han) or _read(han)


def _person(han: str) -> tuple[str, ...]:
    size = 2 if len(han) > 2 and han[:2] in COMPOUND else 1
    return _surname(han[:size]) + _read(han[size:])


def _joined(syllables: tuple[str, ...]) -> Keys:
    return Keys(
        " ".join(syllables)[:KEY_LENGTH],
        "".join(syllables)[:KEY_LENGTH],
        "".join([syllable[0] for syllable in syllables])[:INITIALS_LENGTH],
    )


def _mixed(name: str) -> tuple[str, ...]:
    syllables: list[str] = []
    for chunk in CHUNKS.findall(folded(name.translate(JOINERS))):
        if not FIRST_HAN.match(chunk):
            syllables.append(chunk)
        elif len(chunk) <= LONGEST_PERSON and not syllables:
            syllables.extend(_person(chunk))
        else:
            syllables.extend(_read(chunk))
    return tuple(syllables)


def keys_of(name: str) -> Keys:
    """The keys of a person's, company's or institution's name; three empty ones for no name.

    A run of at most four Chinese characters at the beginning is read as a person's name, its surname by the reading
    that surnames have; longer runs are read as words (重庆银行 is chong qing yin hang). ü is written v, as it is typed.
    """
    if ONLY_HAN.match(name):
        return _joined(_person(name))
    return _joined(_mixed(name))


def typed(text: str) -> str:
    """What somebody typed to find a name, in the spelling of `pinyin`: no blanks, no accents, ü as v."""
    return "".join(CHUNKS.findall(folded(text.lower().replace("ü", "v").translate(JOINERS))))
