"""SQL and Python agree on every tree and every row, unknown values included."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from segmentation import rules
from segmentation.rules.registry import FIELDS, Type
from tests.factories import BranchFactory

BRANCHES = ("EAST", "WEST")
WORDS = ("east", "West", "北京", "100% 'sure'")
TYPES = {
    Type.MONEY: "numeric(20,4)",
    Type.NUMBER: "numeric(24,2)",
    Type.INTEGER: "integer",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
}
DAYS = st.dates(date(1990, 1, 28), date(1994, 3, 1)) | st.sampled_from(
    [date(1992, 2, 29), date(1993, 2, 28), date(1993, 3, 31), date(1993, 4, 30)]
)
AMOUNTS = st.sampled_from(["-0.01", "0", "29999.99", "30000", "30000.01", "90000"]) | st.decimals(
    "-100", "100", places=2, allow_nan=False
).map(str)
# a segment stands in another rule
STORED = {name: field for name, field in FIELDS.items() if not (field.of_scheme or field.is_reference)}
# what stands in rows of its own is here in one row (test_fields.py asks the rows themselves)
APART = {name: f"apart.{name}" for name, field in STORED.items() if field.stands_apart and name != "branch"}
AMOUNTED = (Type.MONEY, Type.NUMBER)
COUNTS = st.integers(-2, 40)


def thresholds(field: rules.Field) -> st.SearchStrategy:
    if field.choices:
        return st.sampled_from([code for code, _label in field.choices])
    if field.name == "branch":
        return st.sampled_from([*BRANCHES, "NOWHERE"])
    if field.type == Type.BOOLEAN:
        return st.booleans()
    return {Type.MONEY: AMOUNTS, Type.NUMBER: AMOUNTS, Type.INTEGER: COUNTS, Type.DATE: DAYS.map(date.isoformat)}.get(
        field.type, st.sampled_from(WORDS)
    )


@st.composite
def predicates(draw: st.DrawFn) -> dict:
    field = draw(st.sampled_from(sorted(STORED.values(), key=lambda each: each.name)))
    ops = ["=", "!=", "in", "not_in", "is_null"]
    op = draw(st.sampled_from([*ops, "<", "<=", ">", ">=", "between"] if field.type.is_ordered else ops))
    tree = {"field": field.name, "op": op}
    one = thresholds(field)
    if op == "is_null":
        tree["value"] = draw(st.booleans())
    elif op == "between":
        key = Decimal if field.type in AMOUNTED else None
        tree["value"] = sorted(draw(st.lists(one, min_size=2, max_size=2)), key=key)
    elif op in ("in", "not_in"):
        tree["value"] = draw(st.lists(one, min_size=1, max_size=3))
    else:
        tree["value"] = draw(one)
    unknown = draw(st.sampled_from([None, "false", "true", "error"]))
    return tree | ({"unknown": unknown} if unknown else {})


def branches_of(trees: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(trees, min_size=1, max_size=3)
    return several.map(lambda t: {"all": t}) | several.map(lambda t: {"any": t}) | trees.map(lambda t: {"not": t})


TREES = st.just({}) | st.recursive(predicates(), branches_of, max_leaves=6)


def cells(name: str) -> st.SearchStrategy:
    if name in ("first_opened_on", "birth_date"):
        return st.none() | DAYS
    field = FIELDS[name]
    if field.is_set:
        return st.none() | st.lists(thresholds(field), max_size=3, unique=True)
    known = thresholds(field).map(Decimal) if field.type in AMOUNTED else thresholds(field)
    return known if name in ("kind", "status") else st.none() | known


COLUMNS = [name for name, field in STORED.items() if field.derive is None] + ["birth_date"]
ROWS = st.fixed_dictionaries({name: cells(name) for name in COLUMNS})


def alias_of(name: str) -> str:
    column = FIELDS[name].column if name in FIELDS else ""
    return "apart" if name in APART else "f" if column.startswith("f.") else "c"


def sort_of(name: str) -> str:
    if name == "birth_date":
        return "date"
    field = FIELDS[name]
    return "text[]" if field.is_set else TYPES.get(field.type, "varchar(80)")


def selected(text: str, row: dict, parameters: dict) -> object:
    """The expression over one row of facts and customer, in PostgreSQL, with the columns' own types."""
    ours: dict[str, list[str]] = {"f": [], "c": [], "apart": []}
    for name in row:
        ours[alias_of(name)].append(f"%(x_{name})s::{sort_of(name)} AS {name}")
    branch = "(SELECT b.id FROM identity_branch b WHERE b.code = %(x_branch)s) AS branch_id"
    ours["c"].append(branch)
    rows = ", ".join(f"(SELECT {', '.join(columns)}) {alias}" for alias, columns in ours.items())
    statement = f"SELECT {text} FROM {rows}"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | {f"x_{name}": value for name, value in row.items()})
        return cursor.fetchone()[0]


@pytest.fixture
def _branches(db: None) -> None:
    for code in BRANCHES:
        BranchFactory(code=code)


@pytest.mark.usefixtures("_branches")
@given(tree=TREES, row=ROWS, day=DAYS)
def test_sql_and_python_agree_on_every_tree(tree: dict, row: dict, day: date) -> None:
    row = {**row, "branch": row["branch"] if row["branch"] in BRANCHES else None}
    rule = rules.validate(tree, purpose="segment")
    parameters: dict = {"day": day}
    whole = rules.sql(rule, parameters=parameters, columns=APART)
    parts = rules.predicate_sql(rule, parameters=parameters, columns=APART)
    array = f"ARRAY[{', '.join(parts)}]::boolean[]"

    assert selected(whole, row, parameters) == rules.evaluate(rule, row, day)
    assert selected(array, row, parameters) == [rules.met(each, row, day) for each in rules.predicates_of(rule)]


@pytest.mark.usefixtures("_branches")
@given(tree=TREES, row=ROWS, day=DAYS)
def test_stored_text_figures_say_the_same_as_typed_ones(tree: dict, row: dict, day: date) -> None:
    rule = rules.validate(tree, purpose="segment")
    stored = {name: None if value is None else text_of(value) for name, value in row.items()}

    assert rules.evaluate(rule, stored, day) == rules.evaluate(rule, row, day)


def text_of(value: object) -> str:
    """A set as PostgreSQL writes an array, a truth as JSON does."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return str(value)
    return "{" + ",".join('"' + word.replace('"', '\\"') + '"' for word in value) + "}"


@given(tree=TREES)
def test_every_tree_has_a_sentence(tree: dict) -> None:
    assert rules.sentence(rules.validate(tree, purpose="segment"), currency="CZK")
