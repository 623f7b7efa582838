from crm.base.api import Changes, Creates, ScopedViewSet
from customers.filters import CustomerFilter
from customers.models import Customer
from customers.serializers.parties import CustomerSerializer


class CustomerViewSet(Creates, Changes, ScopedViewSet):
    resource = "customers"
    announces_reads = True
    queryset = Customer.objects.select_related("branch", "manager", "contact")
    serializer_class = CustomerSerializer
    filterset_class = CustomerFilter
    ordering_fields = {"name": "sort_key", "number": "number"}
    ordering = "name"
