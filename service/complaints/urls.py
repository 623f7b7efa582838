from django.urls import path

from service.complaints import views

urlpatterns = [
    path("complaints/", views.ComplaintList.as_view(), name="complaints"),
    path("complaints/<int:pk>/", views.ComplaintPage.as_view(), name="complaint"),
    path("complaints/<int:pk>/answer/", views.Answer.as_view(), name="complaint_answer"),
    path("complaints/<int:pk>/declare/", views.Declare.as_view(), name="complaint_declare"),
    path("complaints/<int:pk>/extend/", views.Extend.as_view(), name="complaint_extend"),
]
