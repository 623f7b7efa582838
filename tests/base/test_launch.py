import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.base.launch import commands, demo
from crm.base.launch.environment import kept_secrets
from crm.base.launch.steps import PROJECT, Progress, Stamp, StepFailed, data_folder, logged, once
from crm.base.launch.translations import compile_file
from crm.base.servers.locks import FileLock


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="data-"))
    place.chmod(0o711)
    monkeypatch.setenv("DATA", str(place))
    yield place
    shutil.rmtree(place)


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """run.py as on a machine where no servers are given."""
    env = {name: value for name, value in os.environ.items() if "_URL" not in name}
    return subprocess.run([sys.executable, "run.py", *words], cwd=PROJECT, env=env, capture_output=True, text=True)


def test_manage_puts_only_the_commands_own_words_on_stdout(data: Path) -> None:
    done = run("manage", "version")
    assert (done.returncode, done.stdout) == (0, "5.2.19\n")


def test_manage_exits_with_the_status_of_its_command(data: Path) -> None:
    assert run("manage", "check", "--no-such-option").returncode == 2


def test_an_unknown_word_is_wrong_use() -> None:
    done = run("dance")
    assert (done.returncode, done.stdout) == (2, "")
    assert "demo | test | check" in done.stderr


def test_a_second_demo_says_where_the_first_one_is(data: Path) -> None:
    first = FileLock(data / "demo.lock")
    assert first.try_own()
    (data / "demo.url").write_text("http://localhost:8123/")
    out = io.StringIO()
    assert demo.run_demo([], Progress(out)) == 0
    assert out.getvalue() == "already running at http://localhost:8123/\n"
    first.close()


def test_a_finished_step_is_skipped_until_its_cause_changes(data: Path) -> None:
    done: list[str] = []
    for fingerprint in ("one", "one", "two"):
        once(Progress(io.StringIO()), "step", Stamp(data / "stamp", fingerprint), lambda: done.append("x"))
    assert len(done) == 2


def test_a_failed_step_is_done_again(data: Path) -> None:
    stamp = Stamp(data / "stamp", "one")
    with pytest.raises(StepFailed):
        once(Progress(io.StringIO()), "step", stamp, lambda: logged(["false"], "nothing"))
    assert not stamp.is_current()


def test_a_failure_is_one_sentence_that_names_the_log(data: Path) -> None:
    with pytest.raises(StepFailed, match=r"^pip failed: no room left \(log: .*/logs/pip.log\)$"):
        logged(["sh", "-c", "echo working; echo no room left; exit 3"], "pip")
    assert (data_folder() / "logs" / "pip.log").read_text() == "working\nno room left\n"


def test_secrets_are_made_once_and_private(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "CRM_ENCRYPTION_KEYS", "CRM_HASH_KEY"):
        monkeypatch.delenv(name)
    assert kept_secrets(data) == kept_secrets(data)
    assert (data / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_demo_password_is_kept_and_private(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo.demo_password(data) == demo.demo_password(data)
    assert (data / "demo_password").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("CRM_DEMO_PASSWORD", "given")
    assert demo.demo_password(data) == "given"


def test_translations_need_no_gettext(tmp_path: Path) -> None:
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Tier"\nmsgstr "客户等级"\n'
    )
    compile_file(source)
    assert "客户等级".encode() in source.with_suffix(".mo").read_bytes()


def test_a_step_is_one_line_with_its_seconds() -> None:
    out = io.StringIO()
    with Progress(out, total=10, number=2).step("installing Python packages"):
        pass
    assert out.getvalue() == "[3/10] installing Python packages ... 0 s\n"


def test_drill_says_its_seed_and_gives_it_to_hypothesis_and_the_kills(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(commands, "_pytest", lambda words, env=None: asked.append(words) or 0)
    monkeypatch.setenv("DRILL_SEED", "")
    commands.run_drill([], Progress(io.StringIO()))
    made = os.environ["DRILL_SEED"]
    monkeypatch.setenv("DRILL_SEED", "7")
    commands.run_drill([], Progress(io.StringIO()))

    assert f"seed {made} " in capsys.readouterr().out
    assert f"--hypothesis-seed={made}" in asked[0] and "--hypothesis-seed=7" in asked[2]
