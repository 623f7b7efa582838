"""Codings, delimiters, physical lines, and files that are refused."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from crm.base.errors import RuleBroken
from customers.imports.refusals import Refused
from customers.imports.services import import_file
from customers.imports.workbook import text_of_cell
from customers.models import Balance, Customer, ImportBatch
from tests.customers.imports.conftest import codes

pytestmark = pytest.mark.django_db
PEOPLE = "number,kind,name\nP1,person,王小明\n"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_coding_is_found(bring, coding):
    bring("customers", raw=PEOPLE.encode(coding))
    assert Customer.objects.get(number="P1").name == "王小明"


def test_bytes_that_read_differently_in_two_codings_are_refused_until_one_is_named(bring):
    raw = "number,kind,name\nP1,person,张伟\n".encode()
    with pytest.raises(Refused, match="UTF-8 and as GB18030") as refusal:
        bring("customers", raw=raw)
    assert refusal.value.code == "ambiguous_encoding"
    bring("customers", raw=raw, encoding="utf-8")
    assert Customer.objects.get(number="P1").name == "张伟"


def test_european_text_is_not_taken_for_chinese(bring):
    raw = "number,kind,name\nP1,person,Žaneta Příbramská\n".encode("iso8859-2")
    with pytest.raises(Refused, match="GB18030"):
        bring("customers", raw=raw)
    bring("customers", raw=raw, encoding="latin2")
    assert Customer.objects.get(number="P1").name == "Žaneta Příbramská"


def test_bytes_in_no_coding_are_refused(bring):
    with pytest.raises(Refused, match="can't be read"):
        bring("customers", raw=b"number,kind,name\nP1,person,\xff\xff\xff\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_found(bring, accounts, delimiter):
    result = bring("balances", "account,date,balance".replace(",", delimiter), f"A1{delimiter}20240301{delimiter}1.5")
    assert result.counts() == {"rows": 1, "accepted": 1, "rejected": 0, "unchanged": 0}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["foo,bar", "1,2"], "columns"),
        (["account,date", "A1,2024-03-01"], "missing_columns"),
        (["account,date,balance,date", "A1,2024-03-01,1,2024-03-01"], "columns"),
        ([], "empty"),
    ],
)
def test_a_file_of_another_shape_is_refused(bring, lines, code):
    with pytest.raises(Refused) as refusal:
        bring("balances", *lines)
    assert refusal.value.code == code
    batch = ImportBatch.objects.get()
    assert (batch.refused_code, batch.run.status) == (code, "failed")


def test_wrong_use_is_no_refusal(bring, tmp_path):
    with pytest.raises(RuleBroken, match="no kind nonsense"):
        bring("nonsense", "a")
    with pytest.raises(RuleBroken, match="no file"):
        import_file(kind="balances", path=tmp_path / "none.csv", by="test")
    with pytest.raises(RuleBroken, match="no coding klingon"):
        bring("balances", "account,date,balance", encoding="klingon")


def test_an_error_names_the_physical_line_where_its_record_starts(bring, customers):
    result = bring(
        "interactions",
        "customer,at,channel,note",
        'N1,2024-03-01T10:00,phone,"first line',
        'second, ""quoted"" line"',
        "",
        "N9,2024-03-01T11:00,phone,lost",
        'N2,2024-03-01T12:00,visit,"a',
        'b"',
        "N3,yesterday,phone,",
    )
    assert codes(result) == [(5, "customer", "unknown_customer"), (8, "at", "moment")]
    assert result.rows == 4


def test_a_broken_record_costs_no_other_one(bring, accounts):
    result = bring(
        "balances",
        "account,date,balance",
        "A1,2024-03-01,1.00",
        'A1,"2024-03-02,2.00',
        "A1,2024-03-03",
        "A1,2024-03-04,4.00,5",
        "A1,2024-03-05,5\0.00",
        "A1,2024-03-06,6.00",
    )
    assert codes(result) == [
        (3, "", "quote"), (4, "", "too_few_fields"), (5, "", "too_many_fields"), (6, "", "character"),
    ]  # fmt: skip
    assert sorted(Balance.objects.values_list("on", flat=True)) == [date(2024, 3, 1), date(2024, 3, 6)]


def test_unknown_columns_are_said_once_and_are_not_fatal(bring, accounts):
    result = bring("balances", "account,date,balance,colour", "A1,2024-03-01,1,red", "A2,2024-03-01,1,red")
    assert (result.accepted, codes(result)) == (2, [(1, "colour", "unknown_column")])


def test_a_workbook_is_read_like_a_text_file(accounts, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["account", "date", "balance"])
    sheet.append(["A1", datetime(2024, 3, 1), 1234.5])
    sheet.append(["A1", "20240302", 7])
    sheet.append([None, None, None])
    sheet.append(["A2", date(2024, 3, 1), "1,000.00"])
    book.save(tmp_path / "b.xlsx")
    result = import_file(kind="balances", path=tmp_path / "b.xlsx", by="test")
    assert (result.accepted, codes(result)) == (2, [(5, "balance", "amount")])


def test_what_only_looks_like_a_workbook_is_refused(bring):
    with pytest.raises(Refused, match="no Excel workbook"):
        bring("balances", raw=b"PK\x03\x04 and nothing else")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (7.0, "7"),
        (1e15, "1000000000000000"),
        (-0.001, "-0.001"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_cell_reads_as_excel_shows_it(number, text):
    """A sum that Excel reckoned has a tail of binary dust."""
    assert text_of_cell(number) == text


def packed(path: Path, sheet: bytes) -> Path:
    """A workbook whose sheet holds these bytes."""
    book = BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            changed.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    return path


@pytest.mark.parametrize("sheet", [b"", b"no markup <", SHEET + b'<row><c t="s"><v>99</v></c></row>', SHEET[:-1]])
def test_a_damaged_workbook_is_refused(sheet, db, tmp_path):
    with pytest.raises(Refused, match="no Excel workbook"):
        import_file(kind="balances", path=packed(tmp_path / "b.xlsx", sheet), by="test")


def test_a_workbook_damaged_below_its_header_is_refused(accounts, tmp_path):
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("account", "date", "balance"))
    sheet = SHEET + f"<row>{cells}</row>".encode() + b"<row>" * 2 + b" <"
    with pytest.raises(Refused, match="no Excel workbook"):
        import_file(kind="balances", path=packed(tmp_path / "b.xlsx", sheet), by="test")


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused(db, tmp_path):
    sheet = SHEET + b'<row><c t="inlineStr"><is><t>' + b"a" * (40 << 20)
    with pytest.raises(Refused, match="too large when it is unpacked"):
        import_file(kind="balances", path=packed(tmp_path / "b.xlsx", sheet), by="test")
