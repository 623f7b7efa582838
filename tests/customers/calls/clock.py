from datetime import UTC, datetime

NOON = datetime(2026, 4, 3, 4, 0, tzinfo=UTC)
