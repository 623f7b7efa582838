from django.urls import path

from segmentation.value import views

urlpatterns = [
    path("value/", views.ValueReport.as_view(), name="value_report"),
    path("value/assumptions/", views.AssumptionsPage.as_view(), name="value_assumptions"),
    path("value/assumptions/<int:pk>/", views.ValueVersionPage.as_view(), name="value_version"),
    path("value/assumptions/<int:pk>/again/", views.ValueRollback.as_view(), name="value_rollback"),
    path("customers/<int:pk>/value/<slug:line>/", views.ValueLine.as_view(), name="customer_value"),
]
