import ast
from pathlib import Path

import pytest

from tests.structure import upward
from tests.structure.tree import LABELS, files, is_generated, level_of, name_of, parsed, stack_files

CUSTOMERS = LABELS["customers"]


def findings(found: dict[Path, list[str]]) -> dict[str, list[str]]:
    return {name_of(path): lines for path, lines in found.items() if lines}


def test_no_model_string_points_up() -> None:
    found = {path: upward.model_strings(level, parsed(path)) for level, path in stack_files(".py")}
    assert findings(found) == {}


def test_no_sql_names_a_table_from_above() -> None:
    owned = upward.tables()
    found = {path: upward.table_names(level, path.read_text(), owned) for level, path in stack_files(".sql")}
    for level, path in stack_files(".py"):
        found[path] = [
            name for text in upward.texts(parsed(path)) for name in upward.table_names(level, text.value, owned)
        ]
    assert findings(found) == {}


def test_no_filter_looks_up_along_a_relation_from_above() -> None:
    owned = upward.reverse_names()
    found = {
        path: upward.reverse_lookups(level, parsed(path), owned)
        for level, path in stack_files(".py")
        if not is_generated(path)
    }
    assert findings(found) == {}


def test_imports_stand_at_the_top() -> None:
    """apps.py registers in ready(), when the models are there; which way it imports is the linter's contract."""
    free = {"apps.py", "manage.py"}
    found = {path: upward.hidden_imports(parsed(path)) for path in files(".py")
             if path.name not in free and level_of(path) is not None}  # fmt: skip
    assert findings(found) == {}


@pytest.mark.parametrize("upper", ["segmentation.TierPeriod", "segmentation.tierperiod"])
def test_a_model_string_from_above_is_found(upper: str) -> None:
    tree = ast.parse(f"tier = models.ForeignKey('{upper}', on_delete=models.PROTECT)")
    assert upward.model_strings(CUSTOMERS, tree)
    assert not upward.model_strings(LABELS["managers"], tree)


def test_a_table_from_above_is_found() -> None:
    owned = upward.tables()
    assert upward.table_names(CUSTOMERS, "SELECT 1 FROM segmentation_tierperiod t", owned) == [
        "segmentation_tierperiod"
    ]
    assert upward.table_names(CUSTOMERS, "SELECT 1 FROM customers_customer", owned) == []
    assert upward.table_names(LABELS["identity"], "SELECT 1 FROM customers_customer", owned) == ["customers_customer"]


def test_a_lookup_from_above_is_found() -> None:
    tree = ast.parse(
        "Customer.objects.filter(tickets__state='open').exclude(Q(account__number='1')).order_by('-tickets__pk')"
    )
    assert len(upward.reverse_lookups(CUSTOMERS, tree, {"tickets": LABELS["service"]})) == 2
    assert upward.reverse_lookups(LABELS["service"], tree, {"tickets": LABELS["service"]}) == []


def test_an_import_inside_a_function_is_found() -> None:
    tree = ast.parse("import os\n\ndef tier(customer):\n    from segmentation.models import TierPeriod\n")
    assert upward.hidden_imports(tree) == ["line 4: from segmentation.models import TierPeriod"]
