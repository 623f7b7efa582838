"""`path = ANY(list)`: one parameter, where `IN` makes Django prepare and word each value by itself."""

from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """The column is one of the values; NULL is none of them."""

    output_field = BooleanField()

    def __init__(self, path: str, values: Any) -> None:
        super().__init__(F(path))
        self.values = values

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY(%s)", [*params, self.values]
