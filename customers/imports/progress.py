"""How far an import is, for whoever watches. Between transactions each word is seen at once."""

from dataclasses import dataclass
from time import monotonic

from crm.jobs.models import Run

EVERY = 0.5  # seconds


@dataclass
class Progress:
    run: Run
    rows: int = 0
    said_at: float = 0.0

    def read(self, rows: int, share: float) -> None:
        """So many rows came; `share` is the part of the file that is read, from which the total is guessed."""
        self.rows += rows
        if monotonic() - self.said_at > EVERY or share >= 1:
            self.said_at = monotonic()
            total = max(round(self.rows / max(share, 0.01)), self.rows)
            # reading is half of the work, checking and writing the other half
            Run.objects.filter(pk=self.run.pk).update(rows_done=self.rows // 2, rows_total=total)
