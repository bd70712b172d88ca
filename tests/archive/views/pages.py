"""A page of the archive, asked for in English."""

from typing import Any

from django.test import Client

URL = "/conferences/2020-05-24/"  # of a conference from the casts


def read(client: Client, url: str = URL, **parameters: Any) -> str:
    response = client.get(url, parameters, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()
