from django.urls import path

from managers.requests import asking, deciding, views

urlpatterns = [
    path("resource-requests/", views.RequestList.as_view(), name="resource_requests"),
    path("resource-requests/new/", deciding.AskForResource.as_view(), name="resource_request_add"),
    path("resource-requests/kept/", views.GrantReport.as_view(), name="resource_grants"),
    path("resource-requests/<int:pk>/", views.RequestPage.as_view(), name="resource_request"),
    path("resource-requests/<int:pk>/grant/", deciding.GrantRequest.as_view(), name="resource_request_grant"),
    path("resource-requests/<int:pk>/lay-before/", deciding.LayBefore.as_view(), name="resource_request_lay_before"),
    path("resource-requests/<int:pk>/decline/", deciding.DeclineRequest.as_view(), name="resource_request_decline"),
    path("resource-terms/", asking.TermsPage.as_view(), name="resource_terms"),
    path("resource-terms/change/", asking.ProposeTerms.as_view(), name="resource_terms_change"),
]
