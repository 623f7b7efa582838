from crm.base.api import ScopedViewSet
from crm.identity.filters import BranchFilter, UserFilter
from crm.identity.models import Branch, User
from crm.identity.serializers import BranchSerializer, UserSerializer


class BranchViewSet(ScopedViewSet):
    resource = "branches"
    unscoped = "the tree of branches is no secret inside the bank"
    queryset = Branch.objects.select_related("parent")
    serializer_class = BranchSerializer
    filterset_class = BranchFilter
    ordering_fields = {"code": "code", "path": "path"}
    ordering = "path"


class UserViewSet(ScopedViewSet):
    resource = "users"
    unscoped = "users are no customers; the role decides"
    queryset = User.objects.select_related("branch")
    serializer_class = UserSerializer
    filterset_class = UserFilter
    ordering_fields = {"username": "username"}
    ordering = "username"
