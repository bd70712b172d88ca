"""Addresses of the admin's lists with values that no row can have: 400, or the list."""

from urllib.parse import urlencode

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Answer, Conference, Transcript
from tests.archive.admin.test_models import make_transcript
from tests.archive.casts import make_talk

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)
VALUES = [
    *(
        "\0",
        "a\0b",
        "",
        "'",
        '"',
        "%",
        "_",
        "\\",
        "[]",
        "{}",
        "NaN",
        "1e400",
        "True",
        "١",
        "𝟙",
        "😀",
    ),
    *("0", "1", "-1", "9999", "10000", "2026", "2147483648", "9223372036854775808"),
    *("9" * 20, "9" * 5000, "-" + "9" * 20, "1.5", "0001-01-01", "9999-12-31", "2020-13-45"),
    *("9999-12-31T23:59:59Z", "0001-01-01 00:00", "1,2", ",", "x" * 9000, "\ud800", "\u202e"),
]
LOOKUPS = ["", *("exact", "in", "isnull", "gte", "lt", "year", "month", "day", "contains", "pk")]
PAGING = ["p", "o", "q", "e", "all", "_facets", "_popup", "_to_field", "t"]


def names_of(model):
    """What the address of its list may filter by: its filters and all its own fields."""
    model_admin = admin.site._registry[model]
    given = [one[0] if isinstance(one, tuple) else one for one in model_admin.list_filter]
    named = [one if isinstance(one, str) else one.parameter_name for one in given]
    own = [field.name for field in model._meta.concrete_fields]
    return sorted({*named, *own, *filter(None, [model_admin.date_hierarchy])})


def url_of(model):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def encoded(pairs):
    return urlencode(pairs, errors="surrogatepass")


@pytest.fixture
def desk(admin_client):
    make_transcript(make_talk())
    admin_client.raise_request_exception = False
    return admin_client


def status(desk, url):
    response = desk.get(url)
    if response.status_code == 400:
        assert "没有" in response.content.decode() or "请求" in response.content.decode()
    return response.status_code


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_no_value_of_a_filter_breaks_a_list(desk, model):
    keys = [f"{name}__{how}".removesuffix("__") for name in names_of(model) for how in LOOKUPS]
    pairs = st.tuples(st.sampled_from([*keys, *PAGING]), st.sampled_from(VALUES))

    @given(st.lists(pairs, min_size=1, max_size=3))
    @settings(print_blob=True)
    def asked(query):
        assert status(desk, f"{url_of(model)}?{encoded(query)}") in {200, 302, 400, 403}

    asked()


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Conference, "language=%00"),
        (Conference, "date__year=99999999999999999999"),
        (Conference, "date__year=2020&date__month=99&date__day=99"),
        (Transcript, "created_at__year=9999"),
        (Transcript, "created_at__year=1"),
        (LogEntry, "actor=99999999999999999999"),
        (LogEntry, "timestamp__year=9999&timestamp__month=12"),
    ],
)
def test_these_did(desk, model, query):
    assert status(desk, f"{url_of(model)}?{query}") in {200, 302, 400}


def test_a_nul_in_the_query_is_refused_before_anything_is_asked(desk):
    url = reverse("admin:autocomplete")
    meta = Answer._meta
    field = f"app_label={meta.app_label}&model_name={meta.model_name}&field_name=speaker"
    assert status(desk, f"{url}?{field}&term=%00") == 400
    assert status(desk, f"{url_of(Conference)}?status__exact=%00") == 400
    assert status(desk, f"{url_of(Conference)}?status__exact=draft") == 200
