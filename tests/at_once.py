"""Several who do something at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def at_once(acts: list[Callable[[], object]]) -> list[Exception]:
    """Each in a thread and with a connection of its own, all let go at the same moment; what went wrong."""
    barrier, wrong = Barrier(len(acts)), []

    def in_thread(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=in_thread, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong
