"""No amount of a few customers can be had from the sums: reckoned by linear algebra against the rule of bridges."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from segmentation.migration.suppression import SMALLEST, hidden

ALL = "*"
ROWS, COLUMNS = ("gold", "mass", "new"), ("gold", "mass", "lost")
inner = st.fixed_dictionaries({(r, c): st.one_of(st.integers(0, 9), st.just(0), st.integers(50, 90))
                               for r in ROWS for c in COLUMNS})  # fmt: skip


def with_margins(cells: dict) -> dict:
    found = dict(cells)
    for (row, column), n in cells.items():
        for key in ((row, ALL), (ALL, column), (ALL, ALL)):
            found[key] = found.get(key, 0) + n
    return found


def reckonable(counts: dict, secret: set) -> set:
    """The hidden cells that the equations of the table determine: those in whose column of the reduced form no
    unknown is free."""
    unknowns = sorted(secret)
    equations = []
    for place in (0, 1):
        for name in {key[place] for key in counts}:
            line = {key for key in secret if key[place] == name}
            equations.append([Fraction((key in line) * (-1 if key[1 - place] == ALL else 1)) for key in unknowns])
    pivots: dict[int, int] = {}
    height = 0
    for column in range(len(unknowns)):
        found = next((row for row in range(height, len(equations)) if equations[row][column]), None)
        if found is None:
            continue
        equations[height], equations[found] = equations[found], equations[height]
        lead = equations[height][column]
        equations[height] = [each / lead for each in equations[height]]
        for row in range(len(equations)):
            if row != height and equations[row][column]:
                factor = equations[row][column]
                equations[row] = [a - factor * b for a, b in zip(equations[row], equations[height], strict=True)]
        pivots[column], height = height, height + 1
    return {
        unknowns[column] for column, row in pivots.items()
        if not any(equations[row][other] for other in range(len(unknowns)) if other != column)
    }  # fmt: skip


@given(inner)
def test_a_hidden_amount_cant_be_had_by_subtraction(cells):
    counts = with_margins(cells)
    secret = hidden(counts, ALL)
    whole = {key for key, n in counts.items() if n}

    assert {key for key, n in counts.items() if 0 < n < SMALLEST} <= secret <= whole
    if secret != whole:
        assert reckonable(counts, secret) == set()


@given(inner)
def test_nor_the_sum_of_a_few_in_one_line(cells):
    counts = with_margins(cells)
    secret = hidden(counts, ALL)

    for place in (0, 1):
        for name in {key[place] for key in secret}:
            line = {key for key in secret if key[place] == name}
            if secret != {key for key, n in counts.items() if n} and not any(key[1 - place] == ALL for key in line):
                assert sum(counts[key] for key in line) >= SMALLEST


def test_large_cells_stay_and_one_small_cell_takes_company():
    counts = with_margins({("gold", "gold"): 3, ("gold", "mass"): 40, ("mass", "gold"): 50, ("mass", "mass"): 60})

    assert hidden(counts, ALL) == {("gold", "gold"), ("gold", "mass"), ("mass", "gold"), ("mass", "mass")}
    assert hidden(with_margins({("gold", "gold"): 30, ("gold", "mass"): 40}), ALL) == set()
