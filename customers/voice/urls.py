from django.urls import path

from customers.voice import views

urlpatterns = [
    path("needs/", views.NeedList.as_view(), name="needs"),
    path("needs/<int:pk>/withdraw/", views.WithdrawNeed.as_view(), name="need_withdraw"),
    path("need-reports/", views.NeedReport.as_view(), name="need_report"),
    path("customers/<int:pk>/need/", views.NoteNeed.as_view(), name="customer_need"),
]
