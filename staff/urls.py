"""Addresses of the second step of a log-in, and of a forgotten password."""

from django.urls import path

from staff import reset, views

app_name = "staff"
urlpatterns = [
    path("second-step/", views.device, name="device"),
    path("second-step/code.svg", views.code, name="code"),
    path("second-step/token/", views.token, name="token"),
    path("forgotten/", reset.ResetView.as_view(), name="reset"),
    path("forgotten/sent/", reset.SentView.as_view(), name="reset_sent"),
    path("forgotten/done/", reset.DoneView.as_view(), name="reset_done"),
    path("forgotten/<uidb64>/<token>/", reset.NewPasswordView.as_view(), name="reset_confirm"),
]
