"""All that nights leave behind, by natural keys, row by row in files."""

from itertools import zip_longest
from pathlib import Path

import psycopg2

TABLES = {
    "ledger": """
        SELECT w.number, f.number, c.number, t.code, w.percent, w.waived, w.currency, w.charged_on, w.business_date
        FROM segmentation_waiverentry w JOIN customers_feecharge f ON f.id = w.charge_id
        JOIN customers_customer c ON c.id = w.customer_id LEFT JOIN segmentation_tier t ON t.id = w.tier_id
        ORDER BY w.number""",
    "charges": "SELECT number, waived, assessed_on FROM customers_feecharge ORDER BY number",
    "periods": """
        SELECT c.number, t.code, p.since, p.until, p.months_below FROM segmentation_tierperiod p
        JOIN customers_customer c ON c.id = p.customer_id JOIN segmentation_tier t ON t.id = p.tier_id
        ORDER BY c.number, p.since""",
    "decisions": """
        SELECT c.number, d.business_date, b.code, a.code, d.outcome, d.effective_from, d.months_below, d.figures, d.met
        FROM segmentation_tierdecision d JOIN customers_customer c ON c.id = d.customer_id
        JOIN segmentation_tier a ON a.id = d.tier_after_id LEFT JOIN segmentation_tier b ON b.id = d.tier_before_id
        ORDER BY c.number, d.business_date, d.outcome""",
    "facts": """
        SELECT c.number, to_jsonb(f) FROM segmentation_currentfacts f
        JOIN customers_customer c ON c.id = f.customer_id ORDER BY c.number""",
    "facts of the month's end": """
        SELECT c.number, to_jsonb(f) FROM segmentation_factsmonth f
        JOIN customers_customer c ON c.id = f.customer_id ORDER BY c.number, f.business_date""",
    "nights": "SELECT business_date, status, rows_total, result FROM jobs_run WHERE kind = 'night' ORDER BY 1, 2",
    "row errors": "SELECT code, message FROM jobs_rowerror ORDER BY 1, 2",
}


def dump(url: str, folder: Path) -> dict[str, int]:
    """Writes a file per table; the number of rows of each."""
    folder.mkdir()
    found = {}
    connection = psycopg2.connect(url)
    for name, query in TABLES.items():
        with connection.cursor() as cursor, (folder / name).open("w") as file:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT", file)
            found[name] = cursor.rowcount
    connection.close()
    return found


def differences(one: Path, other: Path) -> dict[str, tuple[int, str | None, str | None]]:
    """For each table that differs: how many rows do, and the first of them on either side."""
    found: dict[str, tuple[int, str | None, str | None]] = {}
    for name in TABLES:
        with (one / name).open() as left, (other / name).open() as right:
            unlike = [(a, b) for a, b in zip_longest(left, right) if a != b]
        if unlike:
            found[name] = (len(unlike), *unlike[0])
    return found
