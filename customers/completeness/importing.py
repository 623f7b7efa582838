"""A field that a file fills or changes is confirmed by that: its question is answered, and it is fresh."""

from customers.contacts import KINDS
from customers.imports.kinds import Job
from customers.imports.steps import run
from customers.imports.upsert import written_columns
from customers.services.checks import CHECKED


def note_told(job: Job) -> int | None:
    """Before the rows are updated. What a file repeats or leaves empty answers nothing; a new record is fresh by itself."""
    told = {name: f'r."v_{name}"' for name in CHECKED & job.given & set(KINDS)}
    differs = {name: job.kind.differs[name] for name in told}
    for name, value in written_columns(job).items():
        if name in CHECKED:
            told[name], differs[name] = value, f't."{name}" IS DISTINCT FROM {value}'
    if not told:
        return None
    lines = [f"('{name}', nullif(({told[name]})::text, '') IS NOT NULL AND {differs[name]})" for name in sorted(told)]
    return run("fields_told", replaced={"lines": ", ".join(lines)}, **job.parameters)
