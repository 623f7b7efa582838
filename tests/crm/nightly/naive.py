"""The worker that we did not build: effects and done-mark committed apart, no unique key. Run as a program, to be killed."""

import os
import time

import psycopg2

TABLES = """
CREATE TABLE IF NOT EXISTS naive_ledger (charge_id bigint, waived numeric);
CREATE TABLE IF NOT EXISTS naive_part (number integer, low bigint, high bigint, done boolean DEFAULT false);
"""
EFFECT = """
INSERT INTO naive_ledger SELECT id, round(amount * 0.1, 2) FROM customers_feecharge WHERE id >= %s AND id < %s
"""


def work(url: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SELECT number, low, high FROM naive_part WHERE NOT done ORDER BY number")
    for number, low, high in cursor.fetchall():
        cursor.execute(EFFECT, [low, high])
        time.sleep(0.01)
        cursor.execute("UPDATE naive_part SET done = true WHERE number = %s", [number])


if __name__ == "__main__":
    work(os.environ["DATABASE_OWNER_URL"])
