"""Opens a file as what it is, and refuses what can't be one of a kind."""

from pathlib import Path

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.imports.kinds import Kind
from customers.imports.reading import Source, text_source
from customers.imports.refusals import Refused
from customers.imports.workbook import is_workbook, workbook_source


def opened(path: Path, kind: Kind, encoding: str | None = None) -> Source:
    if not path.is_file():
        raise RuleBroken(_("There is no file %(path)s.") % {"path": path}, field="file", code="missing")
    if path.stat().st_size == 0:
        raise Refused("empty", _("The file is empty."))
    source = workbook_source(path, kind.names) if is_workbook(path) else text_source(path, kind.names, encoding)
    require(kind, source.header)
    return source


def require(kind: Kind, header: list[str]) -> None:
    missing = sorted(kind.required - set(header))
    if missing:
        text = _("The file lacks the columns %(names)s.")
        raise Refused("missing_columns", text % {"names": ", ".join(missing)})
