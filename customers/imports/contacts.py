"""Names and contact data on their way in: read, encrypted and hashed in Python, before anything is staged."""

from dataclasses import dataclass

import pandas as pd

from crm.base.crypto import encrypt, keyed_hash
from crm.base.errors import RuleBroken
from customers.contacts import KINDS, normalised
from customers.imports.columns import HIDDEN, Column
from customers.imports.kinds import Job, Prepared
from customers.imports.stage import execute
from customers.masking import masked
from customers.names import keys_of

LONGEST = {"national_id": 32, "phone": 40, "email": 254, "address": 400}


@dataclass(frozen=True)
class Hex(Column):
    """Bytes as hexadecimal digits, made by `prepare`: nothing can be wrong with them any more."""

    mask: str = HIDDEN
    empty: str = "NULL"

    def problems(self) -> list[tuple[str, str]]:
        return []

    def typed(self) -> str:
        return f"decode(nullif(\"{self.name}\", ''), 'hex')"


# file column -> (the hash, which stands in its place; the ciphertext)
SEALED = {name: (Hex(name), Hex(f"{name}_sealed")) for name in KINDS}


def contact_differs() -> dict[str, str]:
    return {name: f"k.{name}_hash IS DISTINCT FROM r.v_{name}" for name in KINDS}


def prepare(frame: pd.DataFrame) -> Prepared:
    """Adds the keys of names, and puts hash and ciphertext where contact data stood."""
    done = Prepared(frame)
    if "name" in frame:
        keys = {name: keys_of(name[:200]) for name in set(frame["name"])}
        found = [keys[name] for name in frame["name"]]
        for place, name in enumerate(("sort_key", "pinyin", "initials")):
            frame[name] = [key[place] for key in found]
    for name in KINDS:
        if name in frame:
            _seal(done, name)
    return done


def _seal(done: Prepared, name: str) -> None:
    hashes, sealed = [], []
    for line, text in zip(done.frame["line"], done.frame[name], strict=True):
        digest = secret = ""
        try:
            if text:
                digest, secret = _sealed(name, text)
        except RuleBroken as problem:
            done.errors.append((int(line), name, problem.code, masked(name, text)[:60]))
        hashes.append(digest)
        sealed.append(secret)
    done.frame[name], done.frame[f"{name}_sealed"] = hashes, sealed


def _sealed(name: str, text: str) -> tuple[str, str]:
    if len(text) > LONGEST[name]:
        raise RuleBroken("too long", code="too_long")
    spelling = normalised(name, text)
    return keyed_hash(spelling).hex(), encrypt(text if name == "address" else spelling).hex()


def write_contacts(job: Job) -> int:
    """Contact data of the customers who are new or differ; those without any get no row."""
    names = [name for name in KINDS if name in job.given]
    if not names:
        return 0
    written = {name: f"coalesce(r.v_{name}_sealed, '')" for name in names}
    written |= {f"{name}_hash": f"r.v_{name}" for name in names}
    defaults = {name: "''::bytea" for name in KINDS if name not in names}
    columns = {"customer_id": "c.id"} | written | defaults
    given = " OR ".join(f"r.v_{name} IS NOT NULL" for name in names)
    changed = " OR ".join(f"k.{name}_hash IS DISTINCT FROM excluded.{name}_hash" for name in names)
    return execute(f"""
        INSERT INTO customers_contact AS k ({", ".join(columns)})
        SELECT {", ".join(columns.values())}
        FROM import_effect r JOIN customers_customer c ON c.number = r.v_number
        WHERE {given} OR EXISTS (SELECT FROM customers_contact o WHERE o.customer_id = c.id)
        ON CONFLICT (customer_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in written)}
        WHERE {changed}""")
