"""`migrate`, without Django's drawing of all models anew after each step: most of its time, and no statement depends on it.

A step that changes a model's options, or brings a model, draws that one alone. Django marks such a state as delayed and draws
it whole before a step that runs Python. For databases of our own; a drill (tests/base/test_migrating.py) holds it to the
schema of the plain command, which a given database gets.
"""

import os
import sys
from typing import Any

from django.core.management import execute_from_command_line
from django.db.migrations.state import ProjectState

in_full = ProjectState._find_reload_model  # type: ignore[attr-defined]  # private: nothing else may be asked


def near(self: Any, app_label: str, model_name: str, delay: bool = False) -> Any:
    """The models to draw anew when one changed, each as (app, name)."""
    is_new = model_name not in self.apps.all_models[app_label]
    if not delay and not is_new:
        return in_full(self, app_label, model_name, delay)
    self.is_delayed = True
    return {(app_label, model_name)}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    ProjectState._find_reload_model = near  # type: ignore[attr-defined]
    execute_from_command_line(["manage.py", "migrate", "--no-input", *sys.argv[1:]])


if __name__ == "__main__":
    main()
