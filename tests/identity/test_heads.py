"""Who leads a branch: its own heads, or those of the nearest branch above that has some."""

import pytest

from crm.identity.services.heads import heads_of, heads_upwards
from tests.factories import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_nearest_branch_with_a_head_at_work_leads(head_office, east, west, head) -> None:
    sub = BranchFactory(code="SUB", parent=east)
    top = UserFactory(head=True, branch=head_office)
    UserFactory(head=True, branch=west, is_active=False)
    assert heads_of([sub.pk, east.pk, west.pk, None]) == {sub.pk: [head], east.pk: [head], west.pk: [top]}
    assert heads_of([None]) == {}


def test_all_heads_at_work_upwards_are_found_by_one_query(
    head_office, east, west, head, django_assert_num_queries
) -> None:
    sub = BranchFactory(code="SUB", parent=east)
    UserFactory(head=True, branch=west)
    UserFactory(head=True, branch=sub, is_active=False)
    top = UserFactory(head=True, branch=head_office)
    with django_assert_num_queries(1):
        assert [(each.pk, each.branch) for each in heads_upwards(sub)] == [(head.pk, east), (top.pk, head_office)]
    assert heads_upwards(None) == []
