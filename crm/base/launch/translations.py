"""Compiles the .po files with Babel, so that no gettext is needed on the machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from crm.base.launch.steps import PROJECT


def compile_all() -> None:
    for source in sorted((PROJECT / "locale").rglob("*.po")):
        compile_file(source)


def compile_file(source: Path) -> None:
    """Beside the source, in one rename."""
    with source.open("rb") as text:
        catalog = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
    half = source.with_suffix(".half")
    with half.open("wb") as compiled:
        write_mo(compiled, catalog)
    half.rename(source.with_suffix(".mo"))
