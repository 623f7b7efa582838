"""Which of several forms a column is written in: found where only one is possible, asked where two give different text."""

from collections.abc import Callable, Iterable

Reader = Callable[[str], str | None]
MOST_PART = 0.8


def forms_of(texts: Iterable[str], readers: dict[str, Reader]) -> list[str]:
    """The forms that read the most of the texts, and at least four fifths. Of forms that read them alike the first counts,
    so two that are left read the same text differently.
    """
    texts = list(texts)
    read = {form: tuple(reader(text) for text in texts) for form, reader in readers.items()}
    counts = {form: len(texts) - found.count(None) for form, found in read.items()}
    best = max(counts.values(), default=0)
    if not texts or best < MOST_PART * len(texts):
        return []
    kept: dict[tuple[str | None, ...], str] = {}
    for form, found in read.items():
        if counts[form] == best:
            kept.setdefault(found, form)
    return list(kept.values())
