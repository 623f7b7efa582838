from django.urls import path

from service.workorders import opening, views

urlpatterns = [
    path("work-orders/", views.OrderList.as_view(), name="work_orders"),
    path("work-orders/<int:pk>/", views.OrderPage.as_view(), name="work_order"),
    path("work-orders/<int:pk>/take/", views.Take.as_view(), name="work_order_take"),
    path("work-orders/<int:pk>/finish/", views.Finish.as_view(), name="work_order_finish"),
    path("work-orders/<int:pk>/give-back/", views.GiveBack.as_view(), name="work_order_give_back"),
    path("work-orders/<int:pk>/pass-on/", views.PassOn.as_view(), name="work_order_pass_on"),
    path("work-orders/<int:pk>/cancel/", views.Cancel.as_view(), name="work_order_cancel"),
    path("tickets/<int:pk>/work-orders/", opening.OpenOfTicket.as_view(), name="ticket_work_orders"),
    path("service-requests/<int:pk>/work-orders/", opening.OpenOfRequest.as_view(), name="service_request_work_orders"),
]
