"""Workers, PostgreSQL and Redis killed with -9 inside the nights of a large bank: not a row of difference.

DRILL_CUSTOMERS and DRILL_KILLS say how large and how often, DRILL_SEED when.
"""

import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from crm.base.servers.children import free_port
from tests.crm.nightly import naive
from tests.crm.nightly.drill.bank import NIGHTS
from tests.crm.nightly.drill.dump import differences, dump
from tests.crm.nightly.drill.servers import Servers, servers
from tests.crm.nightly.drill.workers import BEAT, SMALL, WORKER, Watch, kill, program

pytestmark = pytest.mark.drill
CUSTOMERS = int(os.environ.get("DRILL_CUSTOMERS", "100000"))
KILLS = int(os.environ.get("DRILL_KILLS", "50"))
SERVER_KILLS = 5
SEED = int(os.environ.get("DRILL_SEED") or secrets.randbelow(2**32))
OPEN = "import django; django.setup(); from tests.crm.nightly.drill.bank import open_bank; open_bank({})"


def say(text: str) -> None:
    print(f"drill, seed {SEED}: {text}", flush=True)


def run(env: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=env, cwd=settings.BASE_DIR, check=True)


@dataclass
class Drill:
    servers: Servers
    folder: Path
    rows: dict[str, int]
    seconds: float

    def moment(self, chance: random.Random, kills: int) -> float:
        """How long to wait with a kill, so that so many are spread over the nights."""
        return chance.uniform(0, self.seconds / kills)

    def copy(self, name: str) -> tuple[dict[str, str], Watch]:
        """The bank before its nights, once more."""
        return self.servers.copy(name) | SMALL, Watch(self.servers.postgres.url("crm_owner", name))

    def is_undisturbed(self, name: str) -> None:
        """Every row of every table is that of the nights that nobody disturbed."""
        dump(self.servers.postgres.url("crm_owner", name), self.folder / name)
        assert differences(self.folder / "undisturbed", self.folder / name) == {}


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """A bank, and what its nights leave when nobody disturbs them."""
    folder = tmp_path_factory.mktemp("drill")
    begun = time.monotonic()
    with servers() as both:
        env = both.env("crm")
        run(env, "manage.py", "migrate", "--no-input", "-v", "0")
        run(env | {"DATABASE_URL": env["DATABASE_OWNER_URL"]}, "-c", OPEN.format(CUSTOMERS))
        say(f"a bank of {CUSTOMERS} customers made in {time.monotonic() - begun:.0f} s")
        begun = time.monotonic()
        run(both.copy("undisturbed") | SMALL, "manage.py", "nightly", "--through", str(NIGHTS[-1]))
        seconds = time.monotonic() - begun
        rows = dump(both.postgres.url("crm_owner", "undisturbed"), folder / "undisturbed")
        say(f"undisturbed nights in {seconds:.0f} s left {rows}")
        yield Drill(both, folder, rows, seconds)


def test_undisturbed_nights_move_and_waive(drill: Drill) -> None:
    """Else there is nothing to disturb."""
    decisions = (drill.folder / "undisturbed" / "decisions").read_text()
    assert all(f"\t{outcome}\t" in decisions for outcome in ("placed", "up", "down", "kept"))
    assert drill.rows["ledger"] > CUSTOMERS and drill.rows["facts"] == CUSTOMERS
    assert drill.rows["periods"] > CUSTOMERS


def test_killed_workers_leave_the_same_rows(drill: Drill) -> None:
    """Three beats ring all the while. Nights that end before the last kill begin again on a fresh bank."""
    chance, hits, round_ = random.Random(SEED), 0, 0
    while hits < KILLS:
        round_ += 1
        name = f"killed{round_}"
        env, watch = drill.copy(name)
        with ExitStack() as stack:
            for number in range(3):
                stack.enter_context(program(BEAT, env, drill.folder / f"beat{number}.log"))
            hits += kill_workers(drill, env, watch, KILLS - hits, chance)
        drill.is_undisturbed(name)
        one = "SELECT count(*) = count(DISTINCT business_date) FROM jobs_run WHERE kind = 'night'"
        assert watch.number(one), "two runs of one business date"
    say(f"{hits} workers killed inside a night, in {round_} rounds: the same rows")


def kill_workers(drill: Drill, env: dict[str, str], watch: Watch, most: int, chance: random.Random) -> int:
    """Kill each worker a moment after it took a partition, until the nights are over; the number of kills."""
    hits = 0
    while True:
        before = watch.claims()
        with program(WORKER, env, drill.folder / "workers.log") as child:
            if not watch.wait_for_claim(child, before):
                return hits
            if hits == most:
                watch.wait(child, watch.is_over)
                return hits
            time.sleep(drill.moment(chance, KILLS))
            hits += not watch.is_over()
            kill(child)


def test_one_worker_outlives_killed_servers(drill: Drill) -> None:
    """PostgreSQL and Redis die five times each inside nights; the same worker does all of them to the end."""
    chance, env_of = random.Random(SEED + 1), drill.copy
    kills = [drill.servers.kill_postgres, drill.servers.kill_redis] * SERVER_KILLS
    chance.shuffle(kills)
    hits, round_ = 0, 0
    while kills:
        round_ += 1
        name = f"outlived{round_}"
        env, watch = env_of(name)
        with program(WORKER, env, drill.folder / "outliving.log") as child:
            while kills and watch.wait_for_claim(child, watch.claims()):
                time.sleep(drill.moment(chance, 2 * SERVER_KILLS))
                hits += not watch.is_over()
                kills.pop()()
            watch.wait(child, watch.is_over)
        drill.is_undisturbed(name)
    assert hits >= SERVER_KILLS, "hardly a kill hit a night"
    say(f"{2 * SERVER_KILLS} servers killed, {hits} inside a night, in {round_} rounds: the same rows, the same worker")


def test_nights_end_without_redis(drill: Drill) -> None:
    """From start to end nobody listens where Redis should be."""
    env, watch = drill.copy("without_redis")
    env |= {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    with program(WORKER, env, drill.folder / "without_redis.log") as child:
        watch.wait(child, watch.is_over)
    drill.is_undisturbed("without_redis")
    say("nights without Redis: the same rows")


def test_naive_worker_does_harm(drill: Drill) -> None:
    """The control: the same kills at the same bank, where effects and done-mark are committed apart."""
    env, _watch = drill.copy("naive")
    url = env["DATABASE_OWNER_URL"]
    chance = random.Random(SEED + 2)
    naive_parts(url, parts=KILLS * 8)
    for _kill in range(KILLS):
        with program([sys.executable, naive.__file__], env, drill.folder / "naive.log") as child:
            time.sleep(chance.uniform(0.1, 0.3))
            kill(child)
    run(env, naive.__file__)
    entries = Watch(url).number("SELECT count(*) FROM naive_ledger")
    charges = Watch(url).number("SELECT count(DISTINCT charge_id) FROM naive_ledger")
    say(f"the naive worker waived {charges} charges with {entries} entries")
    assert charges == drill.rows["charges"]
    assert entries != charges, "the control did no harm: the kills prove nothing"


def naive_parts(url: str, parts: int) -> None:
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(naive.TABLES)
        cursor.execute("SELECT min(id), max(id) FROM customers_feecharge")
        low, high = cursor.fetchone()
        size = (high - low) // parts + 1
        shares = [(number, low + number * size, low + (number + 1) * size) for number in range(parts)]
        cursor.executemany("INSERT INTO naive_part VALUES (%s, %s, %s)", shares)
    connection.close()
