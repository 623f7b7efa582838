"""What becomes of a customer whose figures the database refuses: reported, and as they were."""

from crm.base.sql import run_sql
from crm.jobs import services as jobs
from crm.jobs.models import Partition
from segmentation.night.context import SQL, Night


def give_up(night: Night, partition: Partition, error: Exception) -> None:
    """The customer keeps the published figures and tier; the run goes on and says whom it left out."""
    parameters = night.parameters(partition)
    run_sql(SQL / "facts_dropped.sql", **parameters)
    run_sql(SQL / "facts_kept.sql", **parameters)
    message = str(error).splitlines()[0]
    jobs.report(run_id=partition.run_id, customer_id=partition.low, code="poisoned", message=message)
