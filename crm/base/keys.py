"""The key of a row, as an address or a form names it."""

LONGEST = 18


def key_in(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
