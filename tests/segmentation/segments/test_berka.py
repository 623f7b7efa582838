"""Segments of a real bank have the members that its raw files give."""

from datetime import date

import pandas as pd
import pytest

from customers.imports.berka.files import read
from customers.imports.berka.services import load_berka
from segmentation.models import SegmentMembership
from segmentation.services.policies import apply_policy
from tests.crm.nightly.test_berka import BERKA, publish_policies
from tests.segmentation.night.bank import nights

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (BERKA / "trans.asc").exists(), reason=f"the Berka files are not in {BERKA}"),
]
LAST = date(1998, 12, 31)
GOLD = {"code": "gold_card", "name": "Gold card", "when": {"field": "card", "op": "=", "value": "gold"}}
SOUTH = {
    "code": "south",
    "name": "South Moravia, 30 to 45",
    "when": {"all": [
        {"field": "region", "op": "=", "value": "south Moravia"}, {"field": "age", "op": "between", "value": [30, 45]},
    ]},
}  # fmt: skip


def clients() -> pd.DataFrame:
    """One row per client, straight from the files: when born, in which region, with which card."""
    files = read(BERKA)
    found = files["client"].merge(files["disp"][["disp_id", "client_id"]], on="client_id")
    found = found.merge(files["card"][["disp_id", "type", "issued"]], on="disp_id", how="left")
    found = found.merge(files["district"][["a1", "a3"]], left_on="district_id", right_on="a1")
    born = found["birth_number"].astype(str)
    year, month, day = (born.str[at : at + 2].astype(int) for at in (0, 2, 4))
    month = month.where(month <= 50, month - 50)
    had_birthday = (month < LAST.month) | ((month == LAST.month) & (day <= LAST.day))
    return found.assign(age=LAST.year - 1900 - year - (~had_birthday).astype(int))


def check(rows: pd.DataFrame, chosen: set[int] | None = None) -> None:
    load_berka(folder=BERKA, by="test", clients=chosen)
    publish_policies()
    apply_policy(content={"segments": [GOLD, SOUTH]}, by="test")

    nights(LAST, LAST)

    expected = {
        "gold_card": rows[(rows["type"] == "gold") & (rows["issued"].astype(str).str[:6] <= "981231")],
        "south": rows[(rows["a3"] == "south Moravia") & rows["age"].between(30, 45)],
    }
    for code, of in expected.items():
        numbers = SegmentMembership.objects.open().filter(segment__code=code).values_list("customer__number", flat=True)
        assert set(numbers) == set(of["client_id"].astype(str)) != set(), code


def test_of_three_hundred_clients_as_the_files_say():
    rows = clients()
    kinds = [rows[rows["type"] == kind].head(50) for kind in ("gold", "classic", "junior")]
    some = pd.concat([*kinds, rows[rows["type"].isna()].head(150)])
    check(some, set(some["client_id"].astype(int)))


@pytest.mark.drill
def test_of_the_whole_bank_as_the_files_say():
    check(clients())
