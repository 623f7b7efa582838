"""Redis as the broker, with one repair: a connection that is gone is a lost connection, whoever still asks for it.

When Redis dies under a running task, kombu closes the connection and then asks the closed channel to give the task's
message back. That fails with an AttributeError, which Celery takes for a fault of its own, and the worker ends.
"""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as Lost


class Channel(redis.Channel):
    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise Lost("the connection to the broker is closed")
        parameters: dict[str, Any] = super()._connparams(asynchronous)
        return parameters


class Transport(redis.Transport):
    Channel = Channel
