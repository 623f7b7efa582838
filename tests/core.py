"""The bank's core as it is to be: a real server that reads what is handed over, does each key once, and answers."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from service.outbox.signing import ID, TIME, is_signed

SECRET = "of the core and the bank alone"


class Core:
    """`done` are the effects by key, `heard` how often each key came. `mood` is ok, slow, down, busy, refuses, or dies: it does it, and
    the connection breaks before it says so."""

    def __init__(self) -> None:
        self.mood, self.pause = "ok", 0.0
        self.done: dict[str, dict[str, Any]] = {}
        self.heard: list[str] = []
        self.unsigned = 0
        self.lock = threading.Lock()

    def take(self, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        said_at = datetime.fromtimestamp(
            int(headers.get(TIME, "0")), UTC
        )  # tests let time pass; a core would look at its own clock
        if not is_signed(headers, body, said_at):
            self.unsigned += 1
            return 401, {}
        key = headers[ID]
        with self.lock:
            self.heard.append(key)
            if self.mood == "busy":
                return 503, {}
            if self.mood == "refuses":
                return 422, {"reason": "Account is blocked"}
            self.done.setdefault(key, json.loads(body))
        if self.mood == "slow":
            time.sleep(self.pause)
        return 202, {}


@contextmanager
def core(settings: Any) -> Iterator[Core]:
    """At a port of its own, and the bank knows where."""
    found = Core()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, said = found.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            if found.mood == "dies":
                self.connection.close()
                return
            answer = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            if status == 503:
                self.send_header("Retry-After", "120")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]  # a broken connection is what is tested
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CRM_CORE_URL = f"http://127.0.0.1:{server.server_address[1]}/requests"
    settings.CRM_CORE_SECRETS, settings.CRM_CORE_TIMEOUT = [SECRET], 1
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
