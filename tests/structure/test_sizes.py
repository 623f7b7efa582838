"""Small rooms. `exceptions.json` names what is larger, with its size: an entry may shrink and go, never grow."""

import ast
import json
from pathlib import Path

from tests.structure.tree import files, is_generated, name_of, parsed

CAPS = {".py": 200, ".html": 80, ".sql": 45, ".js": 200}
TEST_CAP, FUNCTION_CAP = 400, 40
EXCEPTIONS: dict[str, int] = json.loads((Path(__file__).parent / "exceptions.json").read_text())


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def cap(path: Path) -> int:
    return TEST_CAP if name_of(path).startswith("tests/") else CAPS[path.suffix]


def too_large() -> dict[str, int]:
    found = {}
    for path in files(*CAPS):
        if is_generated(path):
            continue
        if lines(path) > cap(path):
            found[name_of(path)] = lines(path)
        if path.suffix == ".py":
            found |= {f"{name_of(path)}:{name}": size for name, size in long_functions(parsed(path)).items()}
    return found


def long_functions(tree: ast.AST) -> dict[str, int]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    return {name: size for name, size in sizes.items() if size > FUNCTION_CAP}


def test_files_functions_and_templates_stay_small() -> None:
    found = too_large()
    grown = {name: size for name, size in found.items() if size > EXCEPTIONS.get(name, 0)}
    assert grown == {}, (
        "split them: a file has at most 200 lines, a function 40, a template 80, a statement 45, a test file 400"
    )


def test_exceptions_only_shrink() -> None:
    found = too_large()
    stale = {name: found.get(name) for name, size in EXCEPTIONS.items() if found.get(name) != size}
    assert stale == {}, "lower or remove these entries of exceptions.json"


def test_a_long_function_is_found() -> None:
    body = "\n".join(f"    step_{number}()" for number in range(FUNCTION_CAP))
    assert long_functions(ast.parse(f"def night():\n{body}\n")) == {"night": FUNCTION_CAP + 1}
