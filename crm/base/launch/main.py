"""From the words after run.py to the function that does them: first under any Python, then again under .venv's."""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from crm.base.launch import setup
from crm.base.launch.steps import PROJECT, Progress, StepFailed
from crm.base.servers.binaries import ServerError

COMMANDS = "crm.base.launch.commands"
WHERE = {
    "demo": ("crm.base.launch.demo", "run_demo"),
    "check": ("crm.base.launch.checks", "run_check"),
    "test": (COMMANDS, "run_test"),
    "manage": (COMMANDS, "run_manage"),
    "bench": (COMMANDS, "run_bench"),
    "drill": (COMMANDS, "run_drill"),
    "shell": (COMMANDS, "run_shell"),
    "fix": (COMMANDS, "run_fix"),
}
DEMO_STEPS = 11
STEPS_DONE = "CRM_STEPS_DONE"


def main(words: list[str], usage: str) -> int:
    if not words or words[0] not in WHERE:
        print(usage.strip(), file=sys.stderr)
        return 0 if words[:1] in (["help"], ["-h"], ["--help"]) else 2
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _start(words)
    except (StepFailed, ServerError) as failure:
        print(f"\nrun.py {words[0]}: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130


def _start(words: list[str]) -> int:
    progress = Progress(sys.stdout, DEMO_STEPS) if words[0] == "demo" else Progress(sys.stderr)
    if Path(sys.prefix) != setup.VENV or STEPS_DONE not in os.environ:
        setup.prepare_python(progress)
        env = os.environ | {STEPS_DONE: str(progress.number)}
        os.execve(setup.PYTHON, [str(setup.PYTHON), str(PROJECT / "run.py"), *words], env)
    progress.number = int(os.environ.pop(STEPS_DONE))
    setup.prepare_files(progress)
    module, name = WHERE[words[0]]
    status: int = getattr(import_module(module), name)(words[1:], progress)
    return status
