"""How much of a cell a preview may show: the same as `columns.SHOWN_IN_SQL`, in Python."""

import re

from customers.imports.columns import CAREFUL, HEAD, HIDDEN, LOOKS_LIKE_CONTACT, PLAIN, SHAPE, TAIL, Column
from customers.masking import HIDDEN as STARS

MOST = 60
CONTACT = re.compile(LOOKS_LIKE_CONTACT, re.ASCII)


def shown(column: Column | None, text: str) -> str:
    return shown_as(column.mask if column else HIDDEN, text)


def shown_as(mask: str, text: str) -> str:
    if mask == CAREFUL:
        mask = TAIL if CONTACT.search(text) else PLAIN
    if not text or mask == PLAIN:
        return text[:MOST]
    if mask == SHAPE:
        return "".join("9" if letter in "0123456789" else letter for letter in text)[:MOST]
    if mask == HEAD:
        return text[:1] + STARS
    return STARS + text[-4:] if len(text) > 6 and mask != HIDDEN else STARS
