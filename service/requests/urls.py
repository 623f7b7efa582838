from django.urls import path

from service.requests import asking, keeping, views

urlpatterns = [
    path("service-requests/", views.RequestList.as_view(), name="service_requests"),
    path("service-requests/<int:pk>/", views.RequestPage.as_view(), name="service_request"),
    path("service-requests/<int:pk>/authorise/", views.Authorise.as_view(), name="service_request_authorise"),
    path("service-requests/<int:pk>/cancel/", views.Cancel.as_view(), name="service_request_cancel"),
    path("customers/<int:pk>/request/", asking.ChooseForm.as_view(), name="customer_request"),
    path("customers/<int:pk>/request/<slug:code>/", asking.FillIn.as_view(), name="customer_request_form"),
    path("request-forms/", keeping.Catalogue.as_view(), name="request_forms"),
    path("request-forms/add/", keeping.NewForm.as_view(), name="request_form_new"),
    path("request-forms/versions/<int:pk>/", keeping.FormVersion.as_view(), name="request_form_version"),
    path("request-forms/versions/<int:pk>/again/", keeping.FormRollback.as_view(), name="request_form_rollback"),
    path("request-forms/<slug:code>/", keeping.FormPage.as_view(), name="request_form"),
    path("request-forms/<slug:code>/propose/", keeping.ProposeForm.as_view(), name="request_form_propose"),
]
