"""Finds the upward imports that the import linter can't see. Each finder takes a height in the stack and a piece of source."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from tests.structure.tree import LABELS, STACK, files

MODEL = re.compile(r"^([a-z_]+)\.([A-Za-z]\w+)$")
CREATED = re.compile(r"CREATE\s+(?:UNLOGGED\s+)?(?:TABLE|VIEW|MATERIALIZED VIEW)\s+(?:IF NOT EXISTS\s+)?\"?(\w+)", re.I)
WORD = re.compile(r"\w+")
LOOKS = {
    "filter", "exclude", "annotate", "alias", "aggregate", "order_by", "values", "values_list", "select_related",
    "prefetch_related", "only", "defer", "get", "update", "Q", "F", "OuterRef", "Count", "Sum", "Avg", "Min", "Max", "Prefetch",
}  # fmt: skip
DOCSTRING_OWNERS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants that are not docstrings."""
    sayings = set()
    for node in ast.walk(tree):
        if isinstance(node, DOCSTRING_OWNERS) and node.body and isinstance(node.body[0], ast.Expr):
            sayings.add(id(node.body[0].value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sayings:
            yield node


def model_strings(level: int, tree: ast.AST) -> list[str]:
    """ForeignKey("upper.Model") and its like."""
    found = []
    for node in texts(tree):
        match = MODEL.match(node.value)
        if match and LABELS.get(match[1], -1) > level and match[2].lower() in apps.all_models.get(match[1], {}):
            found.append(f"line {node.lineno}: {node.value}")
    return found


def tables() -> dict[str, int]:
    """Every table and view, by name, with the height of its app."""
    owned = {model._meta.db_table: LABELS[model._meta.app_label] for model in apps.get_models(include_auto_created=True)
             if model._meta.app_label in LABELS and not model._meta.proxy}  # fmt: skip
    for level, place in enumerate(STACK):
        for path in files(".py", ".sql"):
            if f"/{place}/migrations/" in f"/{path.as_posix()}" or (place in path.as_posix() and path.suffix == ".sql"):
                owned |= {
                    name.lower(): level for name in CREATED.findall(path.read_text()) if name.startswith(tuple(LABELS))
                }
    return owned


def table_names(level: int, text: str, owned: dict[str, int]) -> list[str]:
    """An upper table's name in SQL."""
    return sorted({word for word in WORD.findall(text.lower()) if owned.get(word, -1) > level})


def reverse_names() -> dict[str, int]:
    """Names by which a lower model would look up along a relation that an upper app owns."""
    low: dict[str, int] = {}
    every: set[str] = set()
    for model in apps.get_models():
        every |= {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
        for relation in model._meta.related_objects:
            owner = LABELS.get(relation.related_model._meta.app_label)
            target = LABELS.get(model._meta.app_label)
            if owner is None or target is None:
                continue
            for name in {relation.name, relation.get_accessor_name() or relation.name}:
                low[name] = min(owner, low.get(name, owner))
    return {name: level for name, level in low.items() if name not in every}


def reverse_lookups(level: int, tree: ast.AST, owned: dict[str, int]) -> list[str]:
    """filter(tickets__state=...) in an app below service."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in LOOKS:
            continue
        words = [keyword.arg for keyword in call.keywords if keyword.arg]
        words += [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        for word in words:
            if any(owned.get(part, -1) > level for part in word.lstrip("-").split("__")):
                found.append(f"line {call.lineno}: {word}")
    return found


def hidden_imports(tree: ast.AST) -> list[str]:
    """An import inside a function."""
    found = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found.add(f"line {node.lineno}: {ast.unparse(node)}")
    return sorted(found)
