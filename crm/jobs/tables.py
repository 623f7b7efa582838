from crm.jobs.models import Run

STATUS_COLOURS = {
    Run.Status.RUNNING: "blue",
    Run.Status.COMPLETED: "green",
    Run.Status.COMPLETED_WITH_ERRORS: "orange",
    Run.Status.HELD: "yellow",
    Run.Status.WAITING: "purple",
    Run.Status.FAILED: "red",
    Run.Status.REFUSED: "secondary",
}
