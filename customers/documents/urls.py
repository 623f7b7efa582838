from django.urls import path

from customers.documents import views

urlpatterns = [
    path("documents/", views.DocumentList.as_view(), name="documents"),
    path("documents/<int:pk>/renew/", views.RenewDocument.as_view(), name="document_renew"),
    path("documents/<int:pk>/close/", views.CloseDocument.as_view(), name="document_close"),
    path("documents/<int:pk>/images/", views.AddImages.as_view(), name="document_images"),
    path("documents/<int:pk>/reveal/", views.RevealDocument.as_view(), name="document_reveal"),
    path("documents/images/<int:pk>/", views.ShowImage.as_view(), name="document_image"),
    path("customers/<int:pk>/documents/new/<slug:type>/", views.RecordDocument.as_view(), name="document_add"),
]
