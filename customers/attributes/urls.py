from django.urls import path

from customers.attributes import views

urlpatterns = [
    path("custom-attributes/", views.AttributeList.as_view(), name="attributes"),
    path("custom-attributes/new/", views.AddAttribute.as_view(), name="attribute_add"),
    path("custom-attributes/<int:pk>/", views.AttributePage.as_view(), name="attribute"),
    path("custom-attributes/<int:pk>/retire/", views.RetireAttribute.as_view(), name="attribute_retire"),
    path("custom-attributes/<int:pk>/delete/", views.DeleteAttribute.as_view(), name="attribute_delete"),
    path("customers/<int:pk>/attributes/", views.ChangeAttributes.as_view(), name="customer_attributes"),
]
