"""The public addresses of the archive. Once public, an address answers for ever."""

from django.urls import path, register_converter

from archive import views


class YearConverter:
    """Four digits, 0001 to 9999."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        year = int(value)
        if not year:
            raise ValueError("There is no year 0.")
        return year

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoDigitConverter:
    """A month or a day; the view decides whether the calendar has it."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


register_converter(YearConverter, "yyyy")
register_converter(TwoDigitConverter, "dd")

app_name = "archive"
urlpatterns = [
    path("", views.home, name="home"),
    path("conferences/", views.conference_list, name="conference_list"),
    # Before the slug: a slug is never digits alone, a year always is.
    path("conferences/<yyyy:year>/", views.year, name="year"),
    path("conferences/<yyyy:year>/<dd:month>/", views.month, name="month"),
    path("conferences/<yyyy:year>/<dd:month>/<dd:day>/", views.day, name="day"),
    path("conferences/<slug:slug>/", views.conference, name="conference"),
    path("conferences/<slug:slug>.json", views.conference_json, name="conference_json"),
    path("conferences/<slug:slug>/<int:ref>/", views.exchange, name="exchange"),
    path("outlets/", views.outlet_list, name="outlet_list"),
    path("outlets/<slug:slug>/", views.outlet, name="outlet"),
    path("speakers/", views.speaker_list, name="speaker_list"),
    path("speakers/<slug:slug>/", views.speaker, name="speaker"),
]
