"""Physical lines to records."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from customers.imports.reading import DELIMITERS, TextSource
from customers.imports.records import Records

CELLS = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_whatever_is_written_is_read_at_its_line(rows):
    text = io.StringIO(newline="")
    written = [("x", *row) for row in rows]
    starts = []
    for row in written:
        starts.append(_physical_lines(text.getvalue()) + 1)
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow(row)
    text.seek(0)
    blocks = list(Records(text, ",", 3))
    assert [tuple(row) for block in blocks for row in block.rows] == written
    assert [line for block in blocks for line in block.lines] == starts
    assert [line for block in blocks for line in block.broken] == []


def _physical_lines(text: str) -> int:
    return len(list(io.StringIO(text, newline="")))


def test_a_stray_quotation_mark_inside_a_field_is_text():
    (block,) = Records(io.StringIO('a,5" disk,b\nc,d,e\n', newline=""), ",", 3)
    assert block.rows == [["a", '5" disk', "b"], ["c", "d", "e"]]


PADDED = st.text(alphabet=" \t\x1f\x85\xa0\u2028\u3000ab", max_size=4)


@given(
    rows=st.lists(st.tuples(PADDED, PADDED, PADDED), min_size=1, max_size=3),
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_spaces_of_any_kind_around_a_cell_are_no_part_of_it(tmp_path_factory, rows, delimiter, end):
    rows = [[cell.replace(delimiter, "b") for cell in row] for row in rows]
    path = tmp_path_factory.getbasetemp() / "padded.csv"
    path.write_text("".join(delimiter.join(row) + end for row in rows), encoding="utf-8", newline="")
    (chunk,) = TextSource(path, "utf-8", delimiter, ["a", "b", "c"], 1).chunks()
    found = chunk.frame[["a", "b", "c"]].to_numpy().tolist()
    assert found == [[cell.strip() for cell in row] for row in rows]
