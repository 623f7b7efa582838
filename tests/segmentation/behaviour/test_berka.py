"""Recency, frequency and turnover of a real bank are what its raw files give."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from customers.imports.berka.files import read
from customers.imports.berka.services import load_berka
from segmentation.models import Behaviour
from tests.crm.nightly.test_berka import BERKA, publish_policies
from tests.segmentation.behaviour.test_quintiles import plain
from tests.segmentation.night.bank import nights

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (BERKA / "trans.asc").exists(), reason=f"the Berka files are not in {BERKA}"),
]
LAST = date(1994, 3, 31)
BY_BANK = ("SLUZBY", "UROK", "SANKC. UROK")


def owners() -> pd.DataFrame:
    files = read(BERKA)
    holders = files["disp"].merge(files["account"], on="account_id").query("type == 'OWNER'")
    return holders.sort_values(["date", "client_id"]).head(150)


def moved(holders: pd.DataFrame) -> pd.DataFrame:
    """One row per owner: days since the last transaction, how many and how much in the year; straight from the files."""
    trans = read(BERKA)["trans"]
    days = pd.to_datetime("19" + trans["date"], format="%Y%m%d").dt.date
    within = trans.assign(day=days, sum=trans["amount"].map(Decimal))
    within = within[(days > date(1993, 3, 31)) & (days <= LAST) & ~trans["k_symbol"].isin(BY_BANK)]
    found = within.groupby("account_id").agg(last=("day", "max"), count=("day", "size"), turnover=("sum", "sum"))
    return holders[holders["date"] <= f"{LAST:%y%m%d}"].merge(found, on="account_id", how="left")


def test_of_a_hundred_and_fifty_owners_as_the_files_say():
    holders = owners()
    load_berka(folder=BERKA, by="test", clients=set(holders["client_id"].astype(int)))
    publish_policies()

    nights(LAST, date(1994, 4, 1))

    rows = moved(holders)
    recency = [None if pd.isna(last) else (last - LAST).days for last in rows["last"]]
    found = {row.customer.number: row for row in Behaviour.objects.select_related("customer")}
    for place, row in enumerate(rows.to_dict("records")):
        own = found[str(row["client_id"])]
        count = 0 if pd.isna(row["count"]) else int(row["count"])
        turnover = Decimal(0) if pd.isna(row["turnover"]) else row["turnover"]
        assert (own.transactions_year, own.turnover_year) == (count, turnover), row["client_id"]
        assert own.recency_days == (None if recency[place] is None else -recency[place])
    assert [found[str(number)].recency_quintile for number in rows["client_id"]] == plain(recency)
