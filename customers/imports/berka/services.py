"""load_berka: the files of a real bank through the same imports as any other file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from customers import feeds
from customers.imports.berka import frames
from customers.imports.berka.files import Files, last_day, read
from customers.imports.reading import FrameSource
from customers.imports.result import Result
from customers.imports.services import import_source

# name in the report, kind, the frame, and the file whose broken lines it reports
LOADS: tuple[tuple[str, str, Callable[[Files], pd.DataFrame], str], ...] = (
    ("district.asc", "branches", frames.branches, "district"),
    ("client.asc", "customers", frames.customers, "client"),
    ("account.asc", "accounts", frames.accounts, "account"),
    ("disp.asc", "holders", frames.holders, "disp"),
    ("card.asc", "cards", frames.cards, "card"),
    ("loan.asc", "loans", frames.loans, "loan"),
    ("order.asc", "standing_orders", frames.standing_orders, "order"),
    ("trans.asc", "transactions", frames.transactions, "trans"),
    ("fees", "fees", frames.fees, ""),
    ("balances", "balances", frames.balances, ""),
)
FEEDS = ("branches", "customers", "accounts", "holders", "transactions", "fees", "balances")


def load_berka(*, folder: Path, by: Any, clients: set[int] | None = None) -> dict[str, Result]:
    """What came of each file, and of the fees and balances that follow from trans.asc. `clients` takes a part only.

    All feeds are then closed through the last date in the data, the one cut-off row notwithstanding.
    """
    files = read(folder)
    through = date.fromisoformat(f"19{(day := last_day(files))[:2]}-{day[2:4]}-{day[4:6]}")
    if clients is not None:
        files = files.only(clients)
    results = {}
    for name, kind, frame_of, file in LOADS:
        source = FrameSource(frame_of(files), files.broken.get(file, []))
        results[name] = import_source(kind=kind, source=source, filename=name, by=by)
    for feed in FEEDS:
        feeds.close(kind=feed, through=through, by=by)
    return results
