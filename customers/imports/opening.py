"""Opens a file as what it is, and refuses what can't be one of a kind."""

from pathlib import Path

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.imports.kinds import Kind
from customers.imports.mapping.checking import LONGEST, MOST_COLUMNS, problems, standing
from customers.imports.mapping.contents import is_id, is_phone
from customers.imports.mapping.definition import Mapping
from customers.imports.mapping.translating import MappedSource
from customers.imports.reading import Source, text_source
from customers.imports.refusals import Refused
from customers.imports.workbook import is_workbook, workbook_source


def opened(path: Path, kind: Kind, encoding: str | None = None, mapping: Mapping | None = None) -> Source:
    """As the engine wants it: with columns named like the fields of the kind."""
    if mapping is not None:
        return mapped(unmapped(path, kind, encoding, mapping), kind, mapping)
    _exists(path)
    source = workbook_source(path, kind.names) if is_workbook(path) else text_source(path, kind.names, encoding)
    require(kind, source.header)
    return source


def unmapped(path: Path, kind: Kind, encoding: str | None = None, mapping: Mapping | None = None) -> Source:
    """As it came, whatever its columns are called."""
    _exists(path)
    likely = kind.names | set(mapping.columns if mapping else ())
    if is_workbook(path):
        source: Source = workbook_source(path, likely, any_names=True)
    else:
        source = text_source(path, likely, encoding, any_names=True)
    if not source.header:
        raise Refused("empty", _("The file is empty."))
    if any(is_id(name) or is_phone(name) or "@" in name for name in source.header):
        raise Refused("no_header", _("The first line of the file must name the columns: it holds values."))
    if len(source.header) > MOST_COLUMNS or any(len(name) > LONGEST for name in source.header):
        text = _("Only a file of at most %(count)s columns, with names of at most %(letters)s letters, can be mapped.")
        raise Refused("too_wide", text % {"count": MOST_COLUMNS, "letters": LONGEST})
    return source


def mapped(source: Source, kind: Kind, mapping: Mapping) -> MappedSource:
    mapping = standing(kind, mapping)
    if wrong := problems(kind, mapping):
        raise Refused("mapping", wrong[0].text)
    if lacking := mapping.lacks(source.header):
        text = _("The file lacks columns of the profile: %(names)s.")
        raise Refused("profile_columns", text % {"names": ", ".join(lacking)})
    return MappedSource(source, mapping, kind)


def require(kind: Kind, header: list[str]) -> None:
    missing = sorted(kind.required - set(header))
    if missing:
        text = _("The file lacks the columns %(names)s.")
        raise Refused("missing_columns", text % {"names": ", ".join(missing)})


def _exists(path: Path) -> None:
    if not path.is_file():
        raise RuleBroken(_("There is no file %(path)s.") % {"path": path}, field="file", code="missing")
    if path.stat().st_size == 0:
        raise Refused("empty", _("The file is empty."))
