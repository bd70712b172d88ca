"""Addresses of the second step of a log-in."""

from django.urls import path

from staff import views

app_name = "staff"
urlpatterns = [
    path("", views.device, name="device"),
    path("code.svg", views.code, name="code"),
    path("token/", views.token, name="token"),
]
