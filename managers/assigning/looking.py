"""Who is managed: what the rules of the assignment policy say of the published figures, kept for pages and for the night."""

from pathlib import Path

from django.db import transaction

from crm.base.sql import run_text, text_of
from crm.identity.models import Branch, Team
from segmentation.managed.definition import Assigning
from segmentation.managed.picking import picked
from segmentation.managed.versions import assigning_on
from segmentation.models import Published
from segmentation.services.policies import next_day

SQL = Path(__file__).parent / "sql"


@transaction.atomic
def look() -> int:
    """By the policy that holds from the next night on. The number of customers of whom it says something new."""
    published = Published.objects.first()
    return _look(assigning_on(next_day()), published) if published else 0


def _look(policy: Assigning, published: Published) -> int:
    branches = dict(Branch.objects.values_list("code", "pk"))
    teams = dict(Team.objects.values_list("code", "pk"))
    text, parameters = picked(policy, published)
    named = {
        "names": [each.name for each in policy.rules],
        "branches": [branches.get(each.branch) for each in policy.rules],
        "teams": [teams.get(each.team) for each in policy.rules],
    }
    return run_text(text_of(SQL / "looked.sql").format(picked=text), **parameters, **named)
