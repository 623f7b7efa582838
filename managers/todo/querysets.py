from typing import Any, Self

from customers.querysets.parties import OfCustomerQuerySet


class TaskQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def closed(self) -> Self:
        return self.exclude(state=self.model.State.OPEN)

    def for_change(self, task: Any) -> Any:
        """The task as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
