"""Heads make teams of the managers in their branches."""

import pytest

from crm.base.errors import RuleBroken
from crm.identity.models import Team
from managers.teams.services import change_team, make_team
from tests.factories import BranchFactory, TeamFactory

pytestmark = pytest.mark.django_db


def test_a_head_makes_and_changes_a_team_by_page_and_rest(east, manager, head, signed_in, api) -> None:
    browser = signed_in(head)
    browser.post("/teams/new/", {"code": "wealth", "name": "Wealth", "branch": east.pk, "members": [manager.pk]})
    team = Team.objects.get()
    assert (team.code, list(team.members.all())) == ("wealth", [manager])
    assert "Wealth" in browser.get("/teams/").text
    browser.post(f"/teams/{team.pk}/", {"name": "Private", "branch": east.pk, "members": []})
    team.refresh_from_db()
    assert (team.code, team.name, team.members.count()) == ("wealth", "Private", 0)
    client = api(head)
    changed = client.patch(f"/api/v1/teams/{team.pk}/", {"members": ["manager"]}, headers={"If-Match": "*"})
    assert (changed.status_code, changed.data["members"]) == (200, ["manager"])
    twice = client.post("/api/v1/teams/", {"code": "wealth", "name": "Other", "branch": "EAST", "members": []})
    assert (twice.status_code, "code" in twice.data["errors"] if "errors" in twice.data else True) == (409, True)


def test_what_a_team_can_not_be_is_refused(east, west, head, teller, manager) -> None:
    said = {"name": "Team", "branch": east, "members": [], "by": head}
    for own, match in (
        ({"code": "A B"}, "code"),
        ({"code": "a", "branch": west}, "own branches"),
        ({"code": "a", "members": [teller]}, "no relationship manager"),
        ({"code": "a", "by": manager}, "own branches"),
    ):
        with pytest.raises(RuleBroken, match=match):
            make_team(**said | own)
    with pytest.raises(RuleBroken, match="own branches"):
        change_team(team=TeamFactory(branch=BranchFactory()), **said)
    TeamFactory(name="Team", branch=east)
    with pytest.raises(RuleBroken, match="this name"):
        make_team(**said | {"code": "b"})
