"""gunicorn's configuration: ``gunicorn --config config/gunicorn.py config.wsgi``."""

import gc
import os
from typing import Any

bind = os.environ.get("DAWEN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("DAWEN_WORKERS", "2"))
# Two, so that one may wait (for the reader of an uploaded file, say) while the other works. Where
# more of them work, they take turns for each row they read: docs/decisions-running.md.
threads = int(os.environ.get("DAWEN_THREADS", "2"))
# The application and jieba's dictionary are loaded once and shared by all workers.
preload_app = True
# After SIGTERM requests that were begun are finished; the longest is the upload of a large file.
graceful_timeout = 60
timeout = 120
# A reader behind a proxy keeps its connection a little longer than the proxy does (nginx: 75 s),
# or a request may meet a connection that is just being closed.
keepalive = 80
loglevel = os.environ.get("DAWEN_LOG_LEVEL", "warning").lower()


def when_ready(_server: Any) -> None:
    """Load the dictionaries before the first request, in the process that is forked."""
    from archive import scripts, series
    from search import indexing

    indexing.warm()
    series.warm()
    scripts.warm()
    # What is here now stays: the collector need not walk through it during somebody's page, nor
    # write marks into memory that the workers share.
    gc.collect()
    gc.freeze()
