"""Which field a column may be: by its name, by what stands in it, and never two for one."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.imports.kinds import kind_of, kinds
from customers.imports.mapping.checking import problems
from customers.imports.mapping.contents import is_id, look_of
from customers.imports.mapping.names import score
from customers.imports.mapping.suggesting import suggest, suggested
from customers.imports.mapping.survey import Seen, Survey, survey
from customers.imports.mapping.synonyms import SYNONYMS, synonyms
from customers.imports.reading import LINE, FrameSource
from tests.factories import AccountFactory, BranchFactory, CustomerFactory

# a bank may have declared fields of its own
pytestmark = pytest.mark.django_db
PUBLIC = [name for name, kind in kinds().items() if not kind.is_internal]


def seen_of(kind: str, columns: dict[str, list[str]]) -> Survey:
    frame = pd.DataFrame(columns, dtype=str)
    frame.insert(0, LINE, [str(line) for line in range(2, len(frame) + 2)])
    return survey(kind_of(kind), FrameSource(frame))


def found(kind: str, columns: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    return {name: (one.field, one.why.value) for name, one in suggest(kind_of(kind), seen_of(kind, columns)).items()}


@pytest.mark.django_db
def test_a_chinese_core_system_is_understood_by_its_names():
    names = [
        "客户号",
        "客户类型",
        "姓名",
        "性别",
        "出生日期",
        "手机号",
        "证件号码",
        "年收入(元)",
        "所属机构",
        "客户状态",
    ]
    assert [found("customers", {name: [] for name in names})[name][0] for name in names] == [
        "number", "kind", "name", "sex", "birth_date", "phone", "national_id", "annual_income", "branch", "status",
    ]  # fmt: skip
    names = ["账号", "日期", "余额"]
    assert [field for field, _why in found("balances", {name: [] for name in names}).values()] == [
        "account", "date", "balance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [
        ("customers", "Cust_No", "number"), ("customers", "date of birth", "birth_date"), ("customers", "Gendre", "sex"),
        ("customers", "客户手机号码", "phone"), ("accounts", "acct-no.", "number"), ("balances", "acct-no.", "account"),
        ("balances", "Closing Balance", "balance"), ("transactions", "交易金额", "amount"), ("accounts", "币种", "currency"),
    ],
)  # fmt: skip
def test_another_word_or_spelling_of_a_name_is_known(kind, name, field):
    fields = [column.name for column in kind_of(kind).columns]
    assert max(fields, key=lambda one: score(name, kind, one)) == field
    assert score(name, kind, field) > 0


@pytest.mark.parametrize("name", ["", "colour", "备用1", "x", "__"])
def test_a_name_that_says_nothing_is_no_field(name):
    assert [column.name for column in kind_of("customers").columns if score(name, "customers", column.name)] == []


def test_every_word_for_a_field_is_of_a_field_and_written_as_it_is_looked_for():
    for key, words in SYNONYMS.items():
        kind, _, field = key.rpartition(".")
        named = [kinds()[kind]] if kind else kinds().values()
        assert any(field in one.names for one in named), key
        assert words == words.casefold() and not set("_-") & set(words), key
    assert synonyms("accounts", "number") != synonyms("customers", "number")


@pytest.mark.django_db
def test_what_stands_in_a_column_tells_where_its_name_does_not():
    BranchFactory(code="B77", name="West lake")
    columns = {
        "a": ["13800001111", "13900002222"],
        "b": ["11010519491231002X", "440524188001010014"],
        "c": ["ada@example.com", "bo@example.com"],
        "d": ["M", "F"],
        "e": ["31.12.1949", "01.01.1980"],
        "f": ["B77", "B77"],
        "g": ["王小明", "李娜"],
        "h": ["Kowloon", "Harbour"],
    }
    assert found("customers", columns) == {
        "a": ("phone", "content"), "b": ("national_id", "content"), "c": ("email", "content"), "d": ("sex", "content"),
        "e": ("birth_date", "content"), "f": ("branch", "content"), "g": ("name", "content"),
    }  # fmt: skip


@pytest.mark.django_db
def test_accounts_dates_and_amounts_of_a_feed_are_told_by_their_content():
    for number in ("62220001", "62220002"):
        AccountFactory(number=number)
    columns = {"x": ["62220001", "62220002", "62229999"], "y": ["2024/3/1"] * 3, "z": ["1,000.50", "-20.00", "7.25"]}
    assert {name: field for name, (field, _why) in found("balances", columns).items()} == {
        "x": "account", "y": "date", "z": "balance",
    }  # fmt: skip


@pytest.mark.django_db
def test_numbers_of_things_are_no_amounts_and_two_days_are_not_told_apart():
    CustomerFactory(number="N1")
    assert found("customers", {"x": ["000123", "000124"], "y": ["6222021234567890123"] * 2}) == {}
    days = {"x": ["2024-03-01", "2024-03-02"], "y": ["2024-04-01", "2024-04-02"]}
    assert [field for field, _why in found("accounts", days).values()] == ["opened_on"]


def test_the_check_digit_of_an_identity_card():
    assert is_id("11010519491231002X") and is_id("11010519491231002x")
    assert not is_id("110105194912310021") and not is_id("1101051949123100")


def test_words_of_two_characters_are_no_names():
    assert look_of(["男", "女"]) == "" and look_of(["汉族", "回族"]) == "" and look_of(["北京市", "上海市"]) == ""
    assert look_of(["欧阳修", "王芳", "张伟"]) == "name"


HEADERS = st.lists(
    st.one_of(
        st.sampled_from([word for words in SYNONYMS.values() for word in words.split()]),
        st.text(alphabet="abc客户号名_ ", min_size=1, max_size=6),
    ),
    min_size=1, max_size=12, unique=True,
)  # fmt: skip


@given(kind=st.sampled_from(PUBLIC), header=HEADERS, data=st.data())
def test_no_field_is_suggested_for_two_columns(kind, header, data):
    fields = [column.name for column in kind_of(kind).columns]
    fits = [data.draw(st.lists(st.sampled_from(fields), max_size=2)) for _name in header]
    columns = [Seen(name, fits=fit) for name, fit in zip(header, fits, strict=True)]
    given_ = Survey(columns, 0, True)
    chosen = [one.field for one in suggest(kind_of(kind), given_).values()]
    assert len(chosen) == len(set(chosen)) and set(chosen) <= set(fields)
    assert [one for one in problems(kind_of(kind), suggested(kind_of(kind), given_)) if one.column] == []


@pytest.mark.django_db
def test_a_survey_keeps_nothing_that_an_admin_may_not_see():
    columns = {
        "联系": ["13800001111", "13900002222"],
        "客户姓名": ["Ada Lovelace", "Bo Ek"],
        "谁": ["王小明", "李娜"],
        "卡": ["62220212345", "62220212346"],
        "客户号": ["C1000001", "C1000002"],
        "等级": ["金卡", "普通"],
    }
    told = seen_of("customers", columns)
    text = str(told.as_json())
    for hidden in ("13800001111", "Lovelace", "王小明", "李娜", "C1000001"):
        assert hidden not in text
    samples = {seen.name: seen.samples for seen in told.columns}
    assert samples["联系"] == ["138****1111", "139****2222"] and samples["谁"] == ["王****", "李****"]
    assert samples["客户姓名"] == ["A****", "B****"] and samples["客户号"] == ["****0001", "****0002"]
    values = {seen.name: seen.values for seen in told.columns}
    assert values["等级"] == [("普通", 1), ("金卡", 1)] and values["联系"] == values["谁"] == values["客户姓名"] == []
    assert Survey.of(told.as_json()) == told


@pytest.mark.django_db
def test_at_most_fifty_words_are_listed_and_the_others_are_counted():
    told = seen_of("customers", {"职业": [f"职业{n % 60}" for n in range(600)], "备": [f"x{n}" for n in range(600)]})
    work, other = told.columns
    assert (len(work.values), work.more, work.values[0][1]) == (50, 10, 10)
    assert (other.values, other.more) == ([], 0)
