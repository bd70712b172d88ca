"""Settings of the test suite: the real ones, on a data folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

# Set before the settings are read: they derive every path from it.
_DATA = tempfile.mkdtemp(prefix="dawen-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["DAWEN_DATA"] = _DATA
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PUBLISH_DUE_SECONDS = None  # queries are counted
INDEX_FOLLOWS_AFTER = None  # another process would see another database
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise wants the folder to be there; nothing collects files into it for a test.
STATIC_ROOT.mkdir(parents=True)  # noqa: F405
# A suite asks more often than any reader; the tests of the rates set their own.
RATES = dict.fromkeys(RATES)  # noqa: F405
# One test's page is not another's; tests/archive/http_cache/test_conditional.py tries the real one.
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # noqa: F405
