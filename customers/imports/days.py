"""Columns of dates and moments. Few days in many rows: each is read once and joined."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings

from customers.imports.columns import Column


@dataclass(frozen=True)
class Day(Column):
    """ISO 8601 or YYYYMMDD. Few days in many rows: each is read once."""

    empty: str = "NULL"
    oldest: str = "1800-01-01"
    newest: str = "2199-12-31"
    shape: ClassVar[str] = "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})$"
    type: ClassVar[str] = "date"

    def cast(self) -> str:
        return "text::date"

    def before(self) -> str:
        # two nested CASEs: a cast must not be tried on what is no date
        return f"""
            CREATE TEMP TABLE IF NOT EXISTS "import_{self.name}" AS
            SELECT text, CASE WHEN found BETWEEN '{self.oldest}' AND '{self.newest}' THEN found END AS found
            FROM (
                SELECT text, CASE WHEN text ~ '{self.shape}' THEN
                           CASE WHEN pg_input_is_valid(text, '{self.type}') THEN {self.cast()} END
                       END AS found
                FROM (SELECT DISTINCT "{self.name}" AS text FROM import_stage s WHERE "{self.name}" <> '') d
            ) f;
            ANALYZE "import_{self.name}"
        """

    def join(self) -> str:
        return f'LEFT JOIN "import_{self.name}" "d_{self.name}" ON "d_{self.name}".text = {self.staged}'

    def found(self) -> str:
        return f'"d_{self.name}".found'

    def problems(self) -> list[tuple[str, str]]:
        return [(self.type, f"{self.found()} IS NULL")]

    def typed(self) -> str:
        return f'"r_{self.name}"'


@dataclass(frozen=True)
class Moment(Day):
    """ISO 8601 date and time; without an offset it is the bank's own time."""

    shape: ClassVar[str] = (
        r"^[0-9]{4}-?[0-9]{2}-?[0-9]{2}([T ][0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.][0-9]{1,6})?)?"
        r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$"
    )
    type: ClassVar[str] = "timestamptz"

    def cast(self) -> str:
        local = f"text::timestamp AT TIME ZONE '{settings.CRM_TIME_ZONE}'"
        return f"CASE WHEN text ~ '[T ].*(Z|[+-][0-9:]+)$' THEN text::timestamptz ELSE {local} END"

    def problems(self) -> list[tuple[str, str]]:
        return [("moment", f"{self.found()} IS NULL")]
