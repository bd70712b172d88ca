"""The address of the client, also behind servers that pass requests on."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - nobody's address; nothing listens there
_OF_ONE_LINE = 64  # bits of IPv6 that a provider gives one customer, who changes the rest at will


def client_address(request: HttpRequest) -> str:
    """The address of whoever calls the outermost of our own servers; UNKNOWN when it is not told.

    settings.PROXIES servers stand in front, and each adds whom it was called by at the right of
    X-Forwarded-For. What stands left of theirs, the client may have written.
    """
    if settings.PROXIES == 0:
        said = request.META.get("REMOTE_ADDR", "")
    else:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        said = told[-settings.PROXIES] if len(told) >= settings.PROXIES else ""
    try:
        return str(ipaddress.ip_address(said.strip()))
    except ValueError:
        return UNKNOWN


def client_network(request: HttpRequest) -> str:
    """The same, for counting: of IPv6 the network alone, so that one caller counts once."""
    address = ipaddress.ip_address(client_address(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _OF_ONE_LINE), strict=False).network_address)
