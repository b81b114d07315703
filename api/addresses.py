"""Where the service can be reached from its own machine."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from medinfo.settings import Settings


def own_url(settings: Settings) -> str:
    """The service's address as this machine reaches it: over loopback where it listens on every address."""
    address = _address(settings.host)
    if address is None:
        return f"http://{settings.host}:{settings.port}"
    if address.is_unspecified:
        return f"http://127.0.0.1:{settings.port}"
    return f"http://[{address}]:{settings.port}" if address.version == 6 else f"http://{address}:{settings.port}"


def is_v6(host: str) -> bool:
    """Whether the host is written as an IPv6 address."""
    address = _address(host)
    return address is not None and address.version == 6


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
