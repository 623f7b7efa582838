from django.urls import path

from customers.registering import views

urlpatterns = [
    path("customers/new/", views.RegisterCustomer.as_view(), name="customer_add"),
    path("customers/new/draft/", views.KeepDraft.as_view(), name="customer_draft"),
    path("customers/new/draft/<int:pk>/throw-away/", views.ThrowDraftAway.as_view(), name="customer_draft_away"),
]
