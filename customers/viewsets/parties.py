from crm.base.api import WritableViewSet
from customers.filters import CustomerFilter
from customers.models import Customer
from customers.serializers.parties import CustomerSerializer


class CustomerViewSet(WritableViewSet):
    resource = "customers"
    announces_reads = True
    queryset = Customer.objects.select_related("branch", "manager", "contact")
    serializer_class = CustomerSerializer
    filterset_class = CustomerFilter
    ordering_fields = {"name": "sort_key", "number": "number"}
    ordering = "name"
