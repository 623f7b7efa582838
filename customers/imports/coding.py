"""Which coding a file's bytes are in: found where only one is possible, refused where two give different text."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.imports.refusals import Refused

BLOCK = 1 << 20
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WITHOUT_BOM = ("utf-8", "gb18030")
SPOKEN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030", "iso8859-2": "ISO 8859-2"}


def coding_of(path: Path, given: str | None = None) -> str:
    """The name of the codec, after the whole file was decoded with it once."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refused("empty", _("The file is empty."))
    possible = (_named(given, head),) if given else _candidates(head)
    survivors, is_ascii = _survivors(path, possible)
    if not survivors:
        names = ", ".join(spoken(name) for name in possible)
        raise Refused("encoding", _("The file can't be read as %(names)s.") % {"names": names})
    if is_ascii or len(survivors) == 1:
        _doubt_rare_characters(path, survivors[0], sure=is_ascii or bool(given))
        return survivors[0]
    raise _ambiguous(survivors)


def spoken(name: str) -> str:
    return SPOKEN.get(name, name.upper())


def _ambiguous(names: list[str]) -> Refused:
    text = _("The file can be read as %(names)s, with different text. Say which coding it is in.")
    return Refused("ambiguous_encoding", text % {"names": _(" and as ").join(spoken(name) for name in names)})


def _named(given: str, head: bytes) -> str:
    try:
        name = codecs.lookup(given).name
    except LookupError:
        raise RuleBroken(_("There is no coding %(name)s.") % {"name": given}, field="encoding") from None
    return "utf-8-sig" if name == "utf-8" and head.startswith(codecs.BOM_UTF8) else name


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, name in BOMS:
        if head.startswith(mark):
            return (name,)
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) * 10 > len(head):
        return ("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le",)
    return WITHOUT_BOM


def _blocks(path: Path) -> Iterator[bytes]:
    """The bytes; a line of more than two blocks is no table."""
    endless = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            endless = 0 if b"\n" in block or b"\r" in block else endless + 1
            if endless > 1:
                raise Refused("format", _("The file has a line of more than a million characters: it is no table."))
            yield block


def _survivors(path: Path, names: tuple[str, ...]) -> tuple[list[str], bool]:
    """The codecs that decode every byte, and whether all bytes are ASCII."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
    is_ascii = True
    for block in _blocks(path):
        if is_ascii and block.isascii() and set(decoders) <= set(WITHOUT_BOM):
            continue
        is_ascii = is_ascii and block.isascii()
        for name in [name for name in decoders if not _decodes(decoders[name], block)]:
            del decoders[name]
    return [name for name in decoders if _decodes(decoders[name], b"", final=True)], is_ascii


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _doubt_rare_characters(path: Path, name: str, *, sure: bool) -> None:
    """European text often decodes as GB18030 too, but then into characters that nobody writes."""
    if sure or name != "gb18030":
        return
    seen = common = 0
    with path.open(encoding=name, newline="") as file:
        while (text := file.read(BLOCK)) and seen < BLOCK:
            letters = [letter for letter in text if not letter.isascii()]
            seen += len(letters)
            common += sum(1 for letter in letters if _is_common(letter))
    if common * 2 < seen:
        raise _ambiguous([name, "iso8859-2"])


def _is_common(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
