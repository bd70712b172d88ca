"""gunicorn's configuration: ``gunicorn --config config/gunicorn.py config.wsgi``."""

import gc
import os
import sys
from typing import Any

from django.conf import settings
from gunicorn.workers import gthread  # type: ignore[import-untyped]

from config import environment
from config.turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with environment.exit_with_sentence():
    bind = environment.read_bind("DAWEN_BIND", default="127.0.0.1:8000")
    workers = environment.read_number("DAWEN_WORKERS", default=2, least=1, most=1000)
    # Two, so that one may wait (for the reader of an uploaded file, say) while the other works.
    # Where more of them work, they take turns for each row they read: docs/decisions-running.md.
    at_work = environment.read_number("DAWEN_THREADS", default=2, least=1, most=1000)
    loglevel = environment.read_choice("DAWEN_LOG_LEVEL", environment.LOG_LEVELS).lower()
    # Read before gunicorn loads the application, which tells any error of that by a traceback.
    settings.DEBUG  # noqa: B018 -- the first that is asked for makes Django read them
worker_class = "gthread"
# These only read requests and send answers (config/turns.py), so that many clients may be slow.
threads = 250
# A new connection that says nothing waits without a thread, not in one for five seconds.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0
# The application and jieba's dictionary are loaded once and shared by all workers.
preload_app = True
# After SIGTERM requests that were begun are finished; the longest is the upload of a large file.
graceful_timeout = 60
timeout = 120
# A reader behind a proxy keeps its connection a little longer than the proxy does (nginx: 75 s),
# or a request may meet a connection that is just being closed.
keepalive = 80
# Where the site is mounted is no client's to say (SCRIPT_NAME, PATH_INFO).
forwarder_headers = ""
# Steering the server by a socket of its own would want a home that can be written.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Load the dictionaries before the first request, in the process that is forked, and say where
    the site is: only now does anybody listen."""
    from archive.http_cache.build_id import build_id
    from archive.text import chinese_scripts, romanisation
    from search.index import writer

    writer.warm()
    romanisation.load_romaniser()
    chinese_scripts.load_converters()
    build_id()
    # What is here now stays: the collector need not walk through it during somebody's page, nor
    # write marks into memory that the workers share.
    gc.collect()
    gc.freeze()
    stops = " (Ctrl+C stops it)" if sys.stdin.isatty() else ""
    where = ", ".join(str(listener) for listener in server.LISTENERS)
    sys.stdout.write(f"Dawen is on {where}{stops}\n")
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Let requests take turns at the application."""
    worker.wsgi = Turns(worker.wsgi, at_work)
