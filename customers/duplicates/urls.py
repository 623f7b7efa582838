from django.urls import path

from customers.duplicates import merging, views
from customers.duplicates.typed import TypedPage

urlpatterns = [
    path("duplicates/", views.DuplicateList.as_view(), name="duplicates"),
    path("duplicates/<int:pk>/", views.DuplicatePage.as_view(), name="duplicate"),
    path("duplicates/<int:pk>/dismiss/", views.DismissPage.as_view(), name="duplicate_dismiss"),
    path("merges/<int:pk>/undo/", merging.UndoPage.as_view(), name="merge_undo"),
    path("customers/new/alike/", TypedPage.as_view(), name="customer_alike"),
    path("customers/<int:pk>/duplicates/", views.OfCustomerPage.as_view(), name="customer_duplicates"),
    path("customers/<int:pk>/merge/<int:other>/", merging.ComparePage.as_view(), name="customer_merge"),
]
