"""Which share of which charge is waived, staged until the night is published."""

from crm.base.sql import run_sql, run_text, text_of
from crm.jobs.models import Partition
from segmentation import rules
from segmentation.night.context import SQL, Night


def waive(night: Night, partition: Partition) -> int:
    """Takes every charge through the day that no night has taken; the number of charges taken."""
    parameters = night.parameters(partition)
    if not run_sql(SQL / "charges.sql", **parameters):
        return 0
    conditions = [
        f"(l.id <> {line.pk} OR ({rules.sql(rules.validate(line.rule, purpose='waiver'), parameters=parameters)}))"
        for line in night.lines
    ]
    taken = run_text(text_of(SQL / "waived.sql").format(conditions=" AND ".join(conditions) or "true"), **parameters)
    run_sql(SQL / "charges_left.sql", **parameters)
    return taken
