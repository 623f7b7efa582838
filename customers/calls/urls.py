from django.urls import path

from customers.calls import after, lists, views

urlpatterns = [
    path("calls/", lists.CallList.as_view(), name="calls"),
    path("calls/begin/", views.BeginCall.as_view(), name="call_begin"),
    path("calls/<int:pk>/", views.CallPage.as_view(), name="call"),
    path("calls/<int:pk>/choose/", views.ChooseCustomer.as_view(), name="call_choose"),
    path("calls/<int:pk>/verify/", views.VerifyCaller.as_view(), name="call_verify"),
    path("calls/<int:pk>/end/", views.EndCall.as_view(), name="call_end"),
    path("calls/<int:pk>/log/", after.LogCall.as_view(), name="call_log"),
    path("customers/<int:pk>/call/", after.CallCustomer.as_view(), name="customer_call"),
    path("customers/<int:pk>/called/", after.LogCalled.as_view(), name="customer_called"),
]
