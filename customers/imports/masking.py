"""How much of a cell a preview may show: the same as `columns.SHOWN_IN_SQL`, in Python."""

from customers.imports.columns import HEAD, HIDDEN, PLAIN, SHAPE, Column
from customers.masking import HIDDEN as STARS


def shown(column: Column | None, text: str) -> str:
    mask = column.mask if column else HIDDEN
    if not text:
        return ""
    if mask == PLAIN:
        return text[:60]
    if mask == SHAPE:
        return "".join("9" if letter in "0123456789" else letter for letter in text)[:60]
    if mask == HEAD:
        return text[:1] + STARS
    return STARS + text[-4:] if len(text) > 6 and mask != HIDDEN else STARS
