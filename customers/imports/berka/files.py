"""The files as they lie in the folder, as frames of text with the line of each record."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.imports.reading import LINE, text_source

COLUMNS = {
    "district": {"a1", "a2", "a3"},
    "client": {"client_id", "birth_number", "district_id"},
    "account": {"account_id", "district_id", "frequency", "date"},
    "disp": {"disp_id", "client_id", "account_id", "type"},
    "card": {"card_id", "disp_id", "type", "issued"},
    "loan": {"loan_id", "account_id", "date", "amount", "duration", "payments", "status"},
    "order": {"order_id", "account_id", "bank_to", "account_to", "amount", "k_symbol"},
    "trans": {"trans_id", "account_id", "date", "type", "operation", "amount", "k_symbol", "bank", "account"},
}


@dataclass
class Files:
    frames: dict[str, pd.DataFrame]
    broken: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def only(self, clients: set[int]) -> "Files":
        """The same bank with these clients alone: their accounts, and what hangs on those."""
        frames = dict(self.frames)
        frames["client"] = _kept(frames["client"], "client_id", {str(number) for number in clients})
        frames["disp"] = _kept(frames["disp"], "client_id", set(frames["client"]["client_id"]))
        accounts = set(frames["disp"]["account_id"])
        for name in ("account", "loan", "order", "trans"):
            frames[name] = _kept(frames[name], "account_id", accounts)
        frames["card"] = _kept(frames["card"], "disp_id", set(frames["disp"]["disp_id"]))
        return Files(frames, self.broken)


def read(folder: Path) -> Files:
    files = Files({})
    for name, known in COLUMNS.items():
        path = folder / f"{name}.asc"
        if not path.is_file():
            raise RuleBroken(_("There is no file %(path)s.") % {"path": path}, field="dir", code="missing")
        chunks = list(text_source(path, known).chunks())
        frame = pd.concat([chunk.frame for chunk in chunks], ignore_index=True)
        missing = known - set(frame.columns)
        if missing:
            text = _("%(path)s lacks the columns %(names)s.")
            raise RuleBroken(text % {"path": path, "names": ", ".join(sorted(missing))}, field="dir", code="columns")
        files.frames[name] = frame
        files.broken[name] = [broken for chunk in chunks for broken in chunk.broken]
    return files


def _kept(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(values)].reset_index(drop=True)


def last_day(files: Files) -> str:
    """YYMMDD of the last transaction; the file is in order of time, but that is not relied on."""
    return str(files["trans"]["date"].max())


__all__ = ["LINE", "Files", "last_day", "read"]
