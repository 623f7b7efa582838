"""What holds for every route that an app contributes."""

import pytest
from django.db import connection

from crm.audit.idempotency import answer_once
from crm.base.slots import contributions

ROUTES = contributions("api.routes")
NAMES = [basename for _, _, basename in ROUTES]
# lists under a parent are read by the parent's key first
PARENT = {
    "customer-decisions": "customer_id",
    "segment-members": "segment_id",
    "segment-snapshots": "segment_id",
    "leaks": "waiver_check_id",
    "event-invitations": "event_id",
}

LEADING = """
SELECT array_agg(a.attname ORDER BY k.n)
FROM pg_index i
CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY k(number, n)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
WHERE i.indrelid = %s::regclass
GROUP BY i.indexrelid
"""


def indexes(table: str) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(LEADING, [table])
        return [columns for (columns,) in cursor.fetchall()]


@pytest.mark.parametrize(("prefix", "viewset", "basename"), ROUTES, ids=NAMES)
def test_the_permission_is_the_first_word_of_the_address(prefix, viewset, basename):
    assert viewset.resource == prefix.split("/")[0]


@pytest.mark.parametrize(("prefix", "viewset", "basename"), ROUTES, ids=NAMES)
def test_rows_are_scoped_or_it_is_said_why_not(prefix, viewset, basename):
    assert bool(viewset.unscoped) != hasattr(viewset.queryset, "visible_to")


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "viewset", "basename"), ROUTES, ids=NAMES)
def test_each_order_is_one_that_an_index_answers(prefix, viewset, basename):
    model = viewset.queryset.model
    there = indexes(model._meta.db_table)
    for name, paths in viewset.ordering_fields.items():
        first = paths if isinstance(paths, str) else paths[0]
        wanted = [PARENT[basename], first] if basename in PARENT else [first]
        assert any(index[: len(wanted)] == wanted for index in there), f"{basename} by {name}"


def test_each_post_may_carry_a_key():
    assert contributions("api.post") == [answer_once]


def test_an_address_without_its_last_slash_is_led_to_the_right_one(client, db):
    answer = client.get("/api/v1/customers?number=1")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/customers/?number=1")
