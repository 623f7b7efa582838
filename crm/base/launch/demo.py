"""`run.py demo`: from nothing to a served bank with a story, and an orderly end on Ctrl-C."""

import os
import secrets
import signal
import threading
from pathlib import Path

from crm.base.launch.environment import manage, migrate, running, servers_folder
from crm.base.launch.services import Services
from crm.base.launch.steps import PROJECT, Progress, Stamp, StepFailed, data_folder, fingerprint, logged, once
from crm.base.servers import children
from crm.base.servers.keeper import private_write
from crm.base.servers.locks import FileLock

LOGINS = {
    "manager": "relationship manager, own book",
    "manager2": "relationship manager, another book",
    "teller": "branch staff",
    "agent": "24x7 phone centre",
    "head": "branch head",
    "admin": "policy admin, proposes",
    "approver": "approves or refuses",
    "auditor": "reads everything, changes nothing",
    "agency": "outside survey agency",
}
WAITS_FOR_A_PERSON = 5


def run_demo(words: list[str], progress: Progress) -> int:
    folder = data_folder()
    lock, note = FileLock(folder / "demo.lock"), folder / "demo.url"
    if not lock.try_own():
        progress.say(
            f"already running at {note.read_text() if note.exists() else 'an address that it is about to print'}"
        )
        return 0
    port = int(os.environ.get("PORT") or 8000)
    if not children.is_free(port):
        raise StepFailed(f"port {port} is taken by another program; choose one with PORT=8001")
    url = f"http://127.0.0.1:{port}/"
    private_write(note, url)
    with progress.step("starting PostgreSQL and Redis"):
        context = running(force_stop=True)
        env = context.__enter__()
    try:
        password = demo_password(folder)
        prepare(progress, env | {"CRM_DEMO_PASSWORD": password})
        serve(progress, env, port, f"\n{welcome(url, password)}\n")
    finally:
        context.__exit__(None, None, None)
        note.unlink()
    progress.say("stopped: web, beat, worker, Redis, PostgreSQL")
    return 0


def prepare(progress: Progress, env: dict[str, str]) -> None:
    """Schema, static files, the bank's story once, and every night that is due."""
    migrate(progress, env)
    static = Stamp(Path(env["STATIC_ROOT"]) / "collected.stamp", static_fingerprint())
    once(progress, "collecting static files", static,
         lambda: logged(manage("collectstatic", "--no-input", "--clear"), "collectstatic", env))  # fmt: skip
    customers = os.environ.get("CUSTOMERS") or "2000"
    once(progress, f"making demo data for {customers} customers", demo_stamp(env),
         lambda: logged(manage("demo_data", "--customers", customers), "demo_data", env, echo=progress.note))  # fmt: skip
    with progress.step("running the nights that are due"):
        status = logged(manage("nightly"), "nightly", env, echo=progress.note, fine=(0, WAITS_FOR_A_PERSON))
    if status == WAITS_FOR_A_PERSON:
        progress.say("a night waits for a person: see Runs")
    with progress.step("telling what people did since"):
        logged(manage("demo_mornings"), "demo_mornings", env, echo=progress.note)


def serve(progress: Progress, env: dict[str, str], port: int, ready: str) -> None:
    """Until Ctrl-C or SIGTERM; a service that ends by itself is an error."""
    enough = threading.Event()
    services = Services(port, env)
    try:
        with progress.step("starting web, worker and beat"):
            services.start()
            services.wait_until_ready()
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_: enough.set())
        progress.say(ready)
        while not enough.wait(0.5):
            services.check()
        progress.say("\nstopping")
    finally:
        services.stop()


def welcome(url: str, password: str) -> str:
    lines = [f"Ready at {url}", "", *(f"  {name:<10}{about}" for name, about in LOGINS.items())]
    return "\n".join([*lines, "", f"  Everyone's password: {password}", "  Ctrl-C stops everything."])


def demo_password(folder: Path) -> str:
    """The given one, else one made up once. Kept, since the demo data are made once."""
    path = folder / "demo_password"
    given = os.environ.get("CRM_DEMO_PASSWORD")
    if given or not path.exists():
        private_write(path, given or secrets.token_urlsafe(9))
    return path.read_text()


def static_fingerprint() -> str:
    files = [path for path in (PROJECT / "static").rglob("*") if path.is_file()]
    return fingerprint([*files, PROJECT / "package-lock.json", PROJECT / "requirements.txt",
                        PROJECT / "crm" / "base" / "finders.py"])  # fmt: skip


def demo_stamp(env: dict[str, str]) -> Stamp:
    """Beside our own cluster, or named after the given database. A new password is set by making the data again."""
    place = env["DATABASE_URL"].rsplit("@", 1)[-1] if "DATABASE_URL" in os.environ else "embedded"
    folder = servers_folder() if place == "embedded" else data_folder()
    name = fingerprint([], place)[:12]
    return Stamp(folder / f"demo-{name}.stamp", fingerprint([], env["CRM_DEMO_PASSWORD"], env["SECRET_KEY"]))
