from crm.base.filters import FilterSet
from segmentation.models import Posting


class PostingFilter(FilterSet):
    class Meta:
        model = Posting
        fields = ["state", "batch"]
