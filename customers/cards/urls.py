from django.urls import path

from customers.cards import handling, judging, shelves, views

urlpatterns = [
    path("customers/<int:pk>/card/", views.OrderCard.as_view(), name="customer_card"),
    path("card-orders/", views.CardOrderList.as_view(), name="card_orders"),
    path("card-orders/<int:pk>/", views.CardOrderPage.as_view(), name="card_order"),
    path("card-orders/<int:pk>/print/", views.PrintCard.as_view(), name="card_print"),
    path("card-orders/<int:pk>/hand-over/", views.HandOver.as_view(), name="card_hand_over"),
    path("card-orders/<int:pk>/cancel/", views.CancelOrder.as_view(), name="card_cancel"),
    path("card-orders/<int:pk>/spoilt/", views.SpoilCard.as_view(), name="card_spoil"),
    path("card-stock/", shelves.StockList.as_view(), name="card_stocks"),
    path("card-stock/receive/", handling.ReceiveBlanks.as_view(), name="card_stock_receive"),
    path("card-stock/arrived/<int:pk>/", handling.ReceiveLot.as_view(), name="card_stock_arrived"),
    path("card-stock/spoilt/<int:pk>/", judging.ConfirmSpoilt.as_view(), name="spoilage_confirm"),
    path("card-stock/spoilt/<int:pk>/take-back/", judging.TakeBack.as_view(), name="spoilage_take_back"),
    path("card-stock/spoilt/<int:pk>/put-back/", judging.PutBack.as_view(), name="spoilage_put_back"),
    path("card-stock/<int:pk>/", shelves.StockPage.as_view(), name="card_stock"),
    path("card-stock/<int:pk>/count/", handling.CountBlanks.as_view(), name="card_stock_count"),
    path("card-stock/<int:pk>/send/", handling.SendBlanks.as_view(), name="card_stock_send"),
    path("card-stock/<int:pk>/spoilt/", handling.SpoilBlanks.as_view(), name="card_stock_spoil"),
    path("card-designs/", shelves.DesignList.as_view(), name="card_designs"),
    path("card-designs/new/", shelves.SaveDesign.as_view(), name="card_design_add"),
    path("card-designs/<int:pk>/", shelves.SaveDesign.as_view(), name="card_design"),
]
