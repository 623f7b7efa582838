from django.urls import path

from customers.statements import views

urlpatterns = [
    path("statements/", views.StatementList.as_view(), name="statements"),
    path("customers/<int:pk>/statement/", views.PrintStatement.as_view(), name="customer_statement"),
]
