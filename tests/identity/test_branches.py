import pytest

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Branch
from crm.identity.services import save_branch

pytestmark = pytest.mark.django_db


@pytest.fixture
def below_east(east):
    return save_branch(branch=Branch(code="EAST1", name="Lake road", parent=east, level="sub_branch"), by="set-up")


def paths():
    return dict(Branch.objects.values_list("code", "path"))


def test_a_new_branch_stands_below_its_parent(below_east):
    assert below_east.path == "/HO/EAST/EAST1/"
    assert Event.objects.get(action="branch.saved").data == {"code": "EAST1", "path": "/HO/EAST/EAST1/"}


def test_moving_a_branch_moves_all_below_it(below_east, east, west):
    east.parent = west
    save_branch(branch=east, by="set-up")
    assert paths() == {"HO": "/HO/", "WEST": "/HO/WEST/", "EAST": "/HO/WEST/EAST/", "EAST1": "/HO/WEST/EAST/EAST1/"}


def test_a_new_code_is_in_the_paths_of_all_below(below_east, east):
    east.code = "SUNRISE"
    save_branch(branch=east, by="set-up")
    assert paths()["EAST1"] == "/HO/SUNRISE/EAST1/"


def test_a_branch_cannot_stand_below_itself(below_east, east):
    east.parent = below_east
    with pytest.raises(RuleBroken, match="below itself"):
        save_branch(branch=east, by="set-up")
    east.parent = east
    with pytest.raises(RuleBroken, match="below itself"):
        save_branch(branch=east, by="set-up")


def test_a_code_that_begins_like_anothers_is_not_below_it(east, head_office):
    longer = save_branch(branch=Branch(code="EASTERN", name="Eastern", parent=head_office), by="set-up")
    assert longer not in Branch.objects.below(east)


def test_a_slash_in_a_code_is_refused(east):
    with pytest.raises(RuleBroken, match="slash"):
        save_branch(branch=Branch(code="A/B", name="", parent=east), by="set-up")
