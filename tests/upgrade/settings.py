"""Settings of an archive that is brought up: the real ones, but for what a test cannot wait for."""

from config.settings import *  # noqa: F403

# Without files that were collected, and asked a thousand times a minute.
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
RATES = dict.fromkeys(RATES)  # noqa: F405
PUBLISH_DUE_SECONDS = None  # what is scheduled stays so, whatever day it is
