"""Nothing is asked but what the environment names: no other host, port or scheme, and no redirect away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.ports import POLL

from casewright.config.environment import SignOn
from casewright.foundation import outbound

DVLA = "http://dvla.example:8443"
PATIENCE = 60  # seconds, on a busy machine; each answer comes at once


@pytest.fixture(autouse=True)
def named(settings: Any) -> Any:
    """An installation that names three systems."""
    settings.CASEWRIGHT_DVLA_URL = f"{DVLA}/enquiries"
    settings.CASEWRIGHT_SIGN_ON = SignOn("https://id.example/unit", "c", "s", "n", "force", ("keys.example",))
    settings.CASEWRIGHT_SCANNER = "scanner.example:3310"
    return settings


@pytest.mark.parametrize(
    "address",
    [f"{DVLA}/x", "https://id.example/keys", "https://keys.example/jwks", "clamd://scanner.example:3310"],
)
def test_what_the_environment_names_may_be_asked(address: str) -> None:
    outbound.must_be_configured(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:5432/",
        "http://[::1]/",
        "http://dvla.example/",  # its other port
        "https://dvla.example:8443/",  # another scheme
        "http://dvla.example:8443@elsewhere.example/",
        "http://elsewhere.example\\@dvla.example:8443/",
        "http://dvla.example.elsewhere.example:8443/",
        "http://dvla.example:99999/",
        "http://2130706433/",
        "http://id.example/unit",
        "file:///etc/passwd",
        "gopher://dvla.example:8443/",
        "clamd://scanner.example:22",
        "//dvla.example:8443/",
        "dvla.example",
        "",
    ],
)
def test_nothing_else_is(address: str) -> None:
    with pytest.raises(outbound.NotConfigured):
        outbound.post(address, b"", media_type="text/plain", wait=0.1, most=1)
    with pytest.raises(outbound.NotConfigured):
        outbound.connect(address, wait=0.1)


class Tempter(BaseHTTPRequestHandler):
    """Answers with a redirect to another port of this machine, or with too much."""

    asked: list[str] = []

    def do_POST(self) -> None:
        type(self).asked.append(self.path)
        if self.path == "/much":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 1000)
            return
        self.send_response(307)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def tempter() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tempter)
    Tempter.asked = []
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_redirect_is_not_followed(tempter: str, settings: Any) -> None:
    settings.CASEWRIGHT_DVLA_URL = tempter
    with pytest.raises(outbound.Unanswered) as said:
        outbound.post(f"{tempter}/", b"", media_type="text/plain", wait=PATIENCE, most=10)
    assert said.value.response is not None
    assert said.value.response.status_code == 307


def test_a_session_that_follows_redirects_follows_none_away(tempter: str, settings: Any) -> None:
    settings.CASEWRIGHT_DVLA_URL = tempter
    with outbound._Session() as session, pytest.raises(outbound.NotConfigured, match="not among"):
        session.get(f"{tempter}/", timeout=PATIENCE)
    assert Tempter.asked == ["/"]


def test_an_answer_without_end_is_cut_off(tempter: str, settings: Any) -> None:
    settings.CASEWRIGHT_DVLA_URL = tempter
    with pytest.raises(outbound.Unanswered):
        outbound.post(f"{tempter}/much", b"", media_type="text/plain", wait=PATIENCE, most=10)
