from django.urls import path

from customers.past import views

urlpatterns = [path("customers/<int:pk>/as-of/", views.CustomerAsOf.as_view(), name="customer_as_of")]
