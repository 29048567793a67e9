"""Ports for servers that are told their port: held from the asking to the end, so that nobody else is given them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

POLL = 0.01  # seconds between a server's looks at whether it is to end; the library's own is half a second
BESIDE = 100  # `casewright up` gives its simulator the port so far above that of its pages


@contextmanager
def held_port(*, and_beside: bool = False) -> Iterator[int]:
    """A port of this machine that is ours alone until the end, though nothing listens on it yet.

    A port found free and let go may be given to any other process before the server takes it. Ours stays bound, and
    does not listen: a server that sets SO_REUSEADDR (every one here does) may still take it, as often as it is started
    again; whoever asks for just any port gets another, and who connects before it listens is refused.

    :param and_beside: hold the one ``BESIDE`` above as well
    """
    while True:
        with _bound(0) as first:
            port: int = first.getsockname()[1]
            if not and_beside:
                yield port
                return
            try:
                second = _bound(port + BESIDE)
            except (OSError, OverflowError):
                continue  # the one above is somebody's
            with second:
                yield port
                return


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
    except BaseException:
        made.close()
        raise
    return made
