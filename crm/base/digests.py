"""The hash by which content is known, whoever holds it."""

import hashlib
import json
from typing import Any


def digest(content: Any) -> str:
    """SHA-256 of canonical JSON: the same for the same content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
