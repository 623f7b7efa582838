"""Heads make teams of the managers in their branches."""

import pytest

from crm.base.errors import RuleBroken
from crm.identity.models import Team
from managers.teams.services import change_team, make_team
from tests.factories import BranchFactory, TeamFactory, UserFactory

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


@pytest.fixture
def mixed(east, west, manager):
    """A manager of the head's branch, one of another branch, and one of the head's branch whose account was closed."""
    team = TeamFactory(code="mixed", name="Mixed", branch=east)
    far = UserFactory(manager=True, branch=west, username="far", name="远方")
    gone = UserFactory(manager=True, branch=east, username="gone", name="离职", is_active=False)
    team.members.set([manager, far, gone])
    return team


def names(team) -> set[str]:
    return set(team.members.values_list("username", flat=True))


def test_members_of_other_branches_stay_as_they_are(mixed, east, head, signed_in, queries) -> None:
    browser, address = signed_in(head), f"/teams/{mixed.pk}/"
    browser.get(address)
    with queries("team_change"):
        page = browser.get(address)
    assert "From other branches, and they stay: 远方." in page.text
    assert "far" not in [each.username for each in page.context["form"]["members"].field.queryset]
    browser.post(address, {"name": "Mixed", "branch": east.pk, "members": []})
    assert names(mixed) == {"far"}


def test_a_closed_account_is_shown_as_one_and_may_stay_or_go(mixed, east, manager, head, signed_in) -> None:
    browser, address = signed_in(head), f"/teams/{mixed.pk}/"
    form = browser.get(address).context["form"]
    shown = {str(box.data["label"]): box.data["selected"] for box in form["members"]}
    assert shown["离职 (account closed)"] is True
    gone = mixed.members.get(username="gone")
    said = {"name": "Mixed", "branch": east.pk}
    assert browser.post(address, said | {"members": [manager.pk, gone.pk]}).status_code == 302
    assert names(mixed) == {"manager", "far", "gone"}
    browser.post(address, said | {"members": [manager.pk]})
    assert names(mixed) == {"manager", "far"}
    refused = browser.post(address, said | {"members": [gone.pk]})  # once out, they don't come back
    assert refused.status_code == 422 and names(mixed) == {"manager", "far"}


def test_rest_takes_back_what_it_told_and_leaves_who_is_out_of_reach(mixed, manager2, head, api) -> None:
    client, address, match = api(head), f"/api/v1/teams/{mixed.pk}/", {"If-Match": "*"}
    told = client.get(address).data
    again = client.patch(address, {"members": told["members"], "name": "Renamed"}, format="json", headers=match)
    assert again.status_code == 200 and names(mixed) == {"manager", "far", "gone"}
    assert client.patch(address, {"name": "Mixed"}, headers=match).status_code == 200
    fewer = client.patch(address, {"members": ["manager"]}, format="json", headers=match)
    assert sorted(fewer.data["members"]) == ["far", "manager"]
    stranger = client.patch(address, {"members": [manager2.username]}, format="json", headers=match)
    assert stranger.status_code == 400 and names(mixed) == {"manager", "far"}


def test_nobody_of_another_branch_comes_to_a_team(mixed, east, west, head) -> None:
    stranger = UserFactory(manager=True, branch=west)
    with pytest.raises(RuleBroken, match="your branches"):
        change_team(team=mixed, name="Mixed", branch=east, members=[stranger], by=head)
    with pytest.raises(RuleBroken, match="your branches"):
        make_team(code="new", name="New", branch=east, members=[stranger], by=head)
