from customers.companies.forms.figures import FiguresForm, PeriodForm, ThresholdForm
from customers.companies.forms.groups import GroupLimitForm, JoinForm, LeaveGroupForm, NewGroupForm
from customers.companies.forms.noted import NotedForm
from customers.companies.forms.notes import LimitForm, NewsForm, PersonForm, RenewalForm, VisitForm
from customers.companies.forms.parties import CorrectPartyForm, GuaranteeForm, PartyForm, RelationForm

__all__ = [
    "CorrectPartyForm",
    "FiguresForm",
    "GroupLimitForm",
    "GuaranteeForm",
    "JoinForm",
    "LeaveGroupForm",
    "LimitForm",
    "NewGroupForm",
    "NewsForm",
    "NotedForm",
    "PartyForm",
    "PeriodForm",
    "PersonForm",
    "RelationForm",
    "RenewalForm",
    "ThresholdForm",
    "VisitForm",
]
