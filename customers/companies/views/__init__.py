from customers.companies.views.companies import CompanyList
from customers.companies.views.figures import ChangeThreshold, FigureKindList, TellFigures, TellPeriod
from customers.companies.views.groups import (
    GroupList,
    GroupPage,
    JoinGroup,
    LeaveGroup,
    LimitGroup,
    NewGroup,
)
from customers.companies.views.notes import AddNote, CorrectNote, RevealPerson
from customers.companies.views.parties import CorrectParty

__all__ = [
    "AddNote",
    "ChangeThreshold",
    "CompanyList",
    "CorrectNote",
    "CorrectParty",
    "FigureKindList",
    "GroupList",
    "GroupPage",
    "JoinGroup",
    "LeaveGroup",
    "LimitGroup",
    "NewGroup",
    "RevealPerson",
    "TellFigures",
    "TellPeriod",
]
