"""A mapped file comes in like the plain one; what is wrong with it is said in the file's own words."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.imports.columns import CAREFUL, SHOWN_IN_SQL
from customers.imports.kinds import kind_of
from customers.imports.mapping.definition import Mapping
from customers.imports.mapping.profiles import create_profile
from customers.imports.mapping.translating import MappedSource
from customers.imports.masking import shown_as
from customers.imports.reading import LINE, FrameSource
from customers.imports.refusals import Refused
from customers.imports.services import import_file, import_source
from customers.models import Balance, Customer, ImportBatch, ImportProfile, Interaction
from tests.customers.imports.conftest import codes
from tests.factories import BranchFactory, ProductFactory

CORE = {
    "客户号": {"field": "number"},
    "类别": {"field": "kind", "values": {"个人": "person", "公司": "company"}},
    "性别": {"field": "sex", "values": {"男": "male", "女": "female", "未知": ""}},
    "生日": {"field": "birth_date", "date_form": "dmy"},
    "年收入": {"field": "annual_income", "number_form": "comma", "values": {"10-20万": "150000"}},
    "备注": {"field": ""},
}
HEAD = "客户号;类别;性别;生日;年收入;备注"


def profile(columns: dict = CORE, kind: str = "customers") -> ImportProfile:
    return create_profile(kind=kind, name="Core", columns=columns, by="test")


@pytest.mark.django_db
def test_words_dates_and_amounts_of_another_system_come_in_as_ours(bring):
    lines = (HEAD, "N1;个人;男;01.02.1980;1.234,50;x", "N2;公司;;;;", "N3;个人;未知;31.12.1999;10-20万;y")
    result = bring("customers", *lines, encoding="utf-8", profile=profile())
    assert (result.counts(), result.errors) == ({"rows": 3, "accepted": 3, "rejected": 0, "unchanged": 0}, [])
    fields = ("number", "kind", "sex", "birth_date", "annual_income")
    assert list(Customer.objects.order_by("number").values_list(*fields)) == [
        ("N1", "person", "male", date(1980, 2, 1), Decimal("1234.50")),
        ("N2", "company", "", None, None),
        ("N3", "person", "", date(1999, 12, 31), Decimal("150000")),
    ]
    batch = ImportBatch.objects.get()
    assert (batch.profile.name, batch.mapping) == ("Core", ImportProfile.objects.get().columns)


@pytest.mark.django_db
def test_an_error_names_the_files_column_its_line_and_its_own_value(bring):
    lines = (
        HEAD,
        "N1;个人;不详;01.02.1980;1;",
        "N2;政府;男;02/30/1980;1;",
        "N3;个人;男;01.02.1980;1.5;",
        "N4;个人;男;01.02.1980;1,505;",
        ";个人;男;01.02.1980;;",
        "N6;个人;male;01.02.1780;;",
    )
    result = bring("customers", *lines, encoding="utf-8", profile=profile())
    assert [(one.row, one.column, one.code, one.value) for one in result.errors] == [
        (2, "性别", "unmapped", "不详"),
        (3, "生日", "date_form", "02/30/1980"),
        (3, "类别", "unmapped", "政府"),
        (4, "年收入", "unmapped", "9.9"),
        (5, "年收入", "digits", "9,999"),
        (6, "客户号", "required", ""),
        (7, "生日", "date", "01.02.1780"),
    ]
    assert not Customer.objects.exists()


@pytest.mark.django_db
def test_an_amount_in_another_form_is_never_read_as_a_different_one(bring, accounts):
    columns = {"konto": {"field": "account"}, "den": {"field": "date", "date_form": "dmy"},
               "zustatek": {"field": "balance", "number_form": "comma"}}  # fmt: skip
    lines = ("konto;den;zustatek", "A1;1.3.2024;1.234", "A1;2.3.2024;1.23", "A1;3.3.2024;1 234,5", "A1;20240304;1")
    result = bring("balances", *lines, profile=profile(columns, "balances"))
    assert codes(result) == [(3, "zustatek", "amount_form"), (5, "den", "date_form")]
    assert list(Balance.objects.order_by("on").values_list("amount", flat=True)) == [Decimal(1234), Decimal("1234.5")]


@pytest.mark.django_db
def test_a_word_that_stands_in_the_hash_of_an_interaction_is_translated_before(bring, customers):
    columns = {"客户": {"field": "customer"}, "时间": {"field": "at", "date_form": "ymd"},
               "渠道": {"field": "channel", "values": {"电话": "phone"}}}  # fmt: skip
    bring(
        "interactions",
        "客户,时间,渠道",
        "N1,2024/3/1 9:30,电话",
        encoding="utf-8",
        profile=profile(columns, "interactions"),
    )
    assert bring("interactions", "customer,at,channel", "N1,2024-03-01T09:30,phone").unchanged == 1
    assert Interaction.objects.count() == 1


@pytest.mark.django_db
def test_transactions_and_holders_of_another_system_come_in_as_ours(bring, accounts, customers):
    booked = {"流水号": {"field": "id"}, "账号": {"field": "account"}, "记账日": {"field": "date", "date_form": "mdy"},
              "金额": {"field": "amount", "number_form": "grouped"}, "渠道": {"field": "channel", "values": {"ATM": "machine"}}}  # fmt: skip
    lines = (
        "流水号,账号,记账日,金额,渠道",
        'T1,A1,3/31/1987,"-1,234.50",ATM',
        'T1,A1,4/1/1987,"1.00",',
        "T2,A1,13/1/1987,1,",
    )
    result = bring("transactions", *lines, encoding="utf-8", profile=profile(booked, "transactions"))
    assert [(one.row, one.column, one.code, one.value) for one in result.errors] == [
        (3, "流水号", "duplicate", "****"), (4, "记账日", "date_form", "13/1/1987"),
    ]  # fmt: skip
    assert bring("transactions", "id,account,date,amount,channel", "T1,A1,19870331,-1234.50,machine").unchanged == 1
    held = {
        "a": {"field": "account"},
        "c": {"field": "customer"},
        "r": {"field": "role", "values": {"代理人": "authorised"}},
    }
    assert (
        bring("holders", "a,c,r", "A1,N1,", "A1,N2,代理人", encoding="utf-8", profile=profile(held, "holders")).rejected
        == 0
    )
    assert bring("holders", "account,customer,role", "A1,N1,owner", "A1,N2,authorised").unchanged == 2


@pytest.mark.django_db
def test_branches_products_and_currencies_are_named_as_the_file_names_them(bring):
    BranchFactory(code="E1", name="East lake")
    ProductFactory(code="sav")
    columns = {"no": {"field": "number"}, "what": {"field": "product", "values": {"Savings": "sav"}},
               "ccy": {"field": "currency", "values": {"人民币": "CNY"}}, "opened": {"field": "opened_on"},
               "where": {"field": "branch", "values": {"East lake": "E1"}}}  # fmt: skip
    lines = ("no,what,ccy,opened,where", "A1,Savings,人民币,20240301,East lake", "A2,sav,USD,20240301,E1",
             "A3,Loans,欧元,20240301,West")  # fmt: skip
    result = bring("accounts", *lines, encoding="utf-8", profile=profile(columns, "accounts"))
    assert [(one.row, one.column, one.code, one.value) for one in result.errors] == [
        (4, "where", "unknown_branch", "West"), (4, "ccy", "currency", "欧元"), (4, "what", "unknown_product", "Loans"),
    ]  # fmt: skip
    assert result.accepted == 2


@pytest.mark.django_db
def test_columns_that_are_left_out_are_not_reported_and_new_ones_are_once(bring):
    result = bring("customers", "客户号,类别,备注,status", "N1,个人,x,nonsense", encoding="utf-8", profile=profile(
        {name: CORE[name] for name in ("客户号", "类别", "备注")}))  # fmt: skip
    # a column that is called like a field but is not mapped to it is nobody's
    assert (result.accepted, codes(result)) == (1, [(1, "status", "unknown_column")])
    assert Customer.objects.get().status == "active"


@pytest.mark.django_db
def test_a_file_without_the_columns_of_the_profile_is_refused_naming_them(bring):
    with pytest.raises(Refused, match="性别, 生日") as refusal:
        bring("customers", "客户号,类别,年收入", "N1,个人,1", encoding="utf-8", profile=profile())
    assert refusal.value.code == "profile_columns"
    assert ImportBatch.objects.get().refused_code == "profile_columns"


@pytest.mark.django_db
def test_what_looks_like_contact_data_in_a_wrongly_mapped_column_is_masked(bring):
    columns = {"a": {"field": "number"}, "b": {"field": "kind", "values": {"x": "person"}}, "c": {"field": "language"}}
    result = bring(
        "customers", "a,b,c", "N1,13800001111,ada@example.com", "N2,x,ada@example.com", profile=profile(columns)
    )
    assert [(one.column, one.code, one.value) for one in result.errors] == [
        ("b", "unmapped", "****1111"), ("c", "too_long", "****.com"), ("c", "too_long", "****.com"),
    ]  # fmt: skip


@pytest.mark.django_db
@given(text=st.text(alphabet="0123456789 -@ab男,.", max_size=20))
def test_a_page_masks_as_the_database_does(text):
    with connection.cursor() as cursor:
        for mask, sql in SHOWN_IN_SQL.items():
            cursor.execute(f"SELECT {sql.format('t')} FROM (SELECT %s::text AS t) x", [text])
            assert cursor.fetchone()[0] == shown_as(mask, text), mask
    assert shown_as(CAREFUL, "2024-03-31") == "2024-03-31"


TARGETS = {"kind": ["person", "company", "institution"], "sex": ["", "male", "female"],
           "status": ["", "active", "dormant", "frozen"]}  # fmt: skip
BAD = "?!"
DAYS = {"iso": "{:%Y-%m-%d}", "ymd": "{0.year}年{0.month}月{0.day}日", "dmy": "{0.day}.{0.month}.{0.year}",
        "mdy": "{0.month}/{0.day}/{0.year}"}  # fmt: skip
AMOUNTS = {"point": "{:.2f}", "grouped": "{:,.2f}", "comma": "{:,.2f}"}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([*TARGETS["kind"], BAD]),
            "sex": st.sampled_from([*TARGETS["sex"], BAD]),
            "status": st.sampled_from(TARGETS["status"]),
            "birth_date": st.one_of(st.just(None), st.just(BAD), st.dates(date(1850, 1, 1), date(2020, 1, 1))),
            "annual_income": st.one_of(st.just(None), st.just(BAD), st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)),
        }
    ),
    min_size=1, max_size=8,
)  # fmt: skip
SAME = {"choice": "unmapped", "date": "date_form", "amount": "amount_form"}


def written(value: object, form: str) -> str:
    return "" if value is None else value if isinstance(value, str) else form.format(value)


def comma(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,")) if text != BAD else text


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=settings.default.max_examples // 4)
@given(
    rows=ROWS,
    day=st.sampled_from([*DAYS]),
    amount=st.sampled_from([*AMOUNTS]),
    names=st.permutations(["kolumna", "b", "客户", "status", "number", "sex"]),
)
def test_a_renamed_and_recoded_file_gives_the_same_rows_as_the_plain_one(rows, day, amount, names):
    fields = ["number", "kind", "sex", "status", "birth_date", "annual_income"]
    plain, coded = [], []
    words = {field: {word: f"w{n}" for n, word in enumerate(TARGETS[field]) if word} for field in TARGETS}
    for number, row in enumerate(rows):
        said = {"number": f"N{number // 2}", **{field: row[field] for field in TARGETS}}
        others = {"birth_date": written(row["birth_date"], "{:%Y-%m-%d}"),
                  "annual_income": written(row["annual_income"], "{:.2f}")}  # fmt: skip
        plain.append(said | others)
        income = written(row["annual_income"], AMOUNTS[amount])
        coded.append(
            {field: words[field].get(said[field], said[field]) if field in TARGETS else said[field] for field in said}
            | {"birth_date": written(row["birth_date"], DAYS[day]),
               "annual_income": comma(income) if amount == "comma" else income}
        )  # fmt: skip
    columns = {name: {"field": field} for name, field in zip(names, fields, strict=True)}
    told = dict(zip(fields, names, strict=True))
    for field, targets in words.items():
        columns[told[field]]["values"] = {word: target for target, word in targets.items()}
    columns[told["birth_date"]]["date_form"] = day
    columns[told["annual_income"]]["number_form"] = amount
    recoded = [{told[field]: text for field, text in row.items()} for row in coded]
    mapped = MappedSource(frame(recoded), Mapping.of(columns), kind_of("customers"))
    first, rows_of_plain = brought(frame(plain))
    second, rows_of_mapped = brought(mapped)
    assert rows_of_mapped == rows_of_plain and second.counts() == first.counts()
    expected = {(one.row, told[one.column], SAME.get(one.code, one.code)) for one in first.errors}
    assert {(one.row, one.column, one.code) for one in second.errors} == expected


def frame(rows: list[dict[str, str]]) -> FrameSource:
    return FrameSource(pd.DataFrame([{LINE: str(line), **row} for line, row in enumerate(rows, start=2)], dtype=str))


def brought(source):
    fields = ("number", "kind", "sex", "status", "birth_date", "annual_income")
    with rolled_back():
        result = import_source(kind="customers", source=source, filename="x", by="test")
        return result, sorted(Customer.objects.values_list(*fields))


@pytest.mark.django_db
def test_a_file_in_chunks_is_translated_chunk_by_chunk(tmp_path, monkeypatch):
    monkeypatch.setattr("customers.imports.records.BLOCK_LINES", 2)
    monkeypatch.setattr("customers.imports.mapping.translating.REMEMBERED", 1)
    lines = [HEAD, *(f"N{n};个人;男;{n:02}.02.1980;1,5;" for n in range(1, 8))]
    (tmp_path / "c.csv").write_text("\n".join(lines))
    result = import_file(kind="customers", path=tmp_path / "c.csv", by="test", encoding="utf-8", profile=profile())
    assert result.accepted == 7
    assert list(Customer.objects.order_by("number").values_list("birth_date", flat=True)) == [
        date(1980, 2, day) for day in range(1, 8)
    ]
