"""The one place from which Casewright opens a connection, and only to what the environment names (ASVS 5.0 13.2.4).

DVLA, the force's single sign-on and the virus scanner are asked through here. Mail goes through Django's own mail
backend to the one server of ``CASEWRIGHT_MAIL``. No address ever comes from a form, a file or a partner's answer: a
redirect, or an address in the provider's own description of itself, that leads elsewhere is not followed.
"""

from __future__ import annotations

import socket
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from django.conf import settings

Unanswered = requests.RequestException
PORTS = {"http": 80, "https": 443}


class Place(NamedTuple):
    """A host as the environment names it; another scheme or port of the same host is another place."""

    scheme: str
    host: str
    port: int


class NotConfigured(Unanswered):
    """An address that the environment does not name; nothing was sent there."""


def places() -> frozenset[Place]:
    """Every place the environment names."""
    sign_on = settings.CASEWRIGHT_SIGN_ON
    addresses = [settings.CASEWRIGHT_DVLA_URL]
    if sign_on is not None:
        addresses += [sign_on.issuer, *(f"https://{host}" for host in sign_on.hosts)]
    found = {place_of(each) for each in addresses if each}
    if settings.CASEWRIGHT_SCANNER not in ("", "none"):
        found.add(place_of(f"clamd://{settings.CASEWRIGHT_SCANNER}"))
    return frozenset(found)


def place_of(address: str) -> Place:
    """Where an address leads.

    :raises NotConfigured: if it is no address, or carries a name and password
    """
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotConfigured("This is not an address.") from None
    if not parts.hostname or "@" in parts.netloc or "\\" in address:
        raise NotConfigured("This is not an address of an outside system.")
    return Place(parts.scheme, parts.hostname, port)


def must_be_configured(address: str) -> None:
    """Refuse an address that the environment does not name.

    :raises NotConfigured: always before anything is sent
    """
    place = place_of(address)
    if place not in places():
        raise NotConfigured(f"{place.host} is not among the outside systems of this installation.")


class OnlyConfigured:
    """For a session of ``requests``: each address is looked at before it is asked, those of redirects too."""

    def send(self, request: Any, **more: Any) -> Any:
        """Send, if the environment names the place.

        :raises NotConfigured: if it does not
        """
        must_be_configured(request.url)
        return super().send(request, **more)  # type: ignore[misc]


class _Session(OnlyConfigured, requests.Session):
    pass


def post(address: str, body: bytes, *, media_type: str, wait: float, most: int) -> bytes:
    """Post bytes to a configured place; its answer, at most so many bytes. Redirects are not followed.

    :param wait: seconds for the connection, and for each piece of the answer
    :raises Unanswered: if it is not configured, does not answer, or answers with anything but success
    """
    must_be_configured(address)
    with _Session() as session:
        session.trust_env = False  # neither another's password file nor a proxy nobody configured here
        answer = session.post(
            address,
            data=body,
            headers={"Content-Type": media_type},
            timeout=wait,
            allow_redirects=False,
            stream=True,
        )
        with answer:
            if not 200 <= answer.status_code < 300:
                raise requests.HTTPError(str(answer.status_code), response=answer)
            return _whole(answer, most)


def _whole(answer: requests.Response, most: int) -> bytes:
    found = bytearray()
    for piece in answer.iter_content(65_536):
        found += piece
        if len(found) > most:
            raise requests.exceptions.ContentDecodingError("more than was asked for")
    return bytes(found)


def connect(address: str, *, wait: float) -> socket.socket:
    """A connection to a configured place that speaks another protocol than HTTP, such as ``clamd://host:port``.

    :raises NotConfigured: if the environment does not name it
    :raises OSError: if it does not answer (``NotConfigured`` is one too)
    """
    must_be_configured(address)
    place = place_of(address)
    return socket.create_connection((place.host, place.port), timeout=wait)
