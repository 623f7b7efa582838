from django.urls import path

from service.phone import call_back_lists, call_back_views, kept_views, views

urlpatterns = [
    path("calls/<int:pk>/wrap-up/", views.WrapUpCall.as_view(), name="call_wrap_up"),
    path("calls/<int:pk>/balances/", views.TellBalance.as_view(), name="call_balances"),
    path("call-backs/", call_back_lists.CallBackList.as_view(), name="call_backs"),
    path("call-backs/<int:pk>/", call_back_views.CallBackPage.as_view(), name="call_back"),
    path("call-backs/<int:pk>/take/", call_back_views.TakeCallBack.as_view(), name="call_back_take"),
    path("call-backs/<int:pk>/finish/", call_back_views.FinishCallBack.as_view(), name="call_back_finish"),
    path("call-backs/<int:pk>/cancel/", call_back_views.CancelCallBack.as_view(), name="call_back_cancel"),
    path("customers/<int:pk>/call-back/", call_back_views.BookForCustomer.as_view(), name="customer_call_back"),
    path("callers/<int:pk>/call-back/", call_back_views.BookForCaller.as_view(), name="caller_call_back"),
    path("call-scripts/", kept_views.ScriptList.as_view(), name="call_scripts"),
    path("call-scripts/<slug:moment>/", kept_views.KeepScript.as_view(), name="call_script"),
    path("call-reasons/", kept_views.ReasonList.as_view(), name="call_reasons"),
    path("call-reasons/add/", kept_views.KeepReason.as_view(), name="call_reason_add"),
    path("call-reasons/<int:pk>/", kept_views.KeepReason.as_view(), name="call_reason"),
]
