"""How long a page waits for the database before it says that there is no answer; workers and commands wait on.

A database that hangs accepts connections and says nothing, and no setting of its own can end that: the waiting has to
end here. What only takes long is told apart from it by asking anew on a second connection: a server that lives
answers that one. What takes too long is cancelled, so that the server does not go on with it for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import PQGen

# Seconds. Together a page says so within five: three of silence, two for the second connection.
CONNECT = 2  # to make a connection; psycopg waits no shorter
LENDING = 3  # for one of the pool's
CHECK = 1  # for a lent connection to say that it lives; one that does not is replaced
SILENCE = 3  # before the server is asked anew whether it lives
LONGEST = 20  # for one statement of a page, where the server lives: then it is cancelled
LOCK = 5  # for what another transaction holds, in what a page does
_CANCELLED = 2  # for a cancelled statement to end
_CHECKED = ""  # what psycopg's pool asks of a connection before it lends it


class Page:
    """One page being made: whether it found already that the database does not answer."""

    def __init__(self) -> None:
        self.gave_up = False


_page: ContextVar[Page | None] = ContextVar("page_that_waits", default=None)


@contextmanager
def of_a_page() -> Iterator[Page]:
    """Whatever waits for the database within this waits as a page does."""
    page = Page()
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


def gave_up() -> None:
    """Keep in mind for this page that the database does not answer, so that nothing of it waits a second time."""
    page = _page.get()
    if page is not None:
        page.gave_up = True


def must_not_have_given_up() -> None:
    """Refuse at once what this page has waited for in vain already.

    :raises psycopg.OperationalError: if it has
    """
    page = _page.get()
    if page is not None and page.gave_up:
        raise psycopg.OperationalError("the database did not answer this page before")


class Deadline:
    """A moment after which nothing is waited for; None where there is none."""

    def __init__(self, seconds: float | None) -> None:
        self.at = None if seconds is None else monotonic() + seconds

    def left_ms(self, most: int | None) -> int | None:
        """Milliseconds to wait now, at most so many; None to wait without end."""
        if self.at is None:
            return most
        left = max(0, int((self.at - monotonic()) * 1000))
        return left if most is None else min(most, left)

    @property
    def passed(self) -> bool:
        """Whether it has come."""
        return self.at is not None and monotonic() >= self.at


class Connection(psycopg.Connection[Any]):
    """A connection on which a page waits a few seconds, and everybody else as long as it takes."""

    checked = False

    def execute(self, query: Any, *given: Any, **options: Any) -> psycopg.Cursor[Any]:
        """As psycopg's; what the pool asks to see whether the connection lives is waited for a second at most."""
        self.checked = query == _CHECKED
        try:
            return super().execute(query, *given, **options)
        finally:
            self.checked = False

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's, but for a page that no answer comes to.

        :raises psycopg.OperationalError: if the server does not live; this connection is closed then
        :raises psycopg.errors.QueryCanceled: if it does, and the statement takes too long
        """
        if timeout is not None or _page.get() is None:
            return super().wait(gen, interval, timeout)
        must_not_have_given_up()
        try:
            return super().wait(gen, interval, CHECK if self.checked else SILENCE)
        except errors._WaitTimeout:
            if self.checked or not self.server_lives():
                raise self.no_answer() from None
        return self._wait_for_long(gen, interval)

    def silent_until(self) -> Deadline:
        """Until when an answer is waited for before asking whether the server lives."""
        return Deadline(SILENCE if _page.get() is not None else None)

    def waited_for(self) -> Deadline:
        """Whether to go on waiting after so long a silence, and until when.

        :raises psycopg.OperationalError: if the server does not live; this connection is closed then
        """
        if not self.server_lives():
            raise self.no_answer()
        return Deadline(LONGEST - SILENCE)

    def no_answer(self) -> psycopg.OperationalError:
        """Close this connection, on which an answer may still come, and say why; the page tries nothing further."""
        if not self.checked:
            gave_up()
        self.close()
        return psycopg.OperationalError("the database does not answer")

    def server_lives(self) -> bool:
        """Whether the server answers on a new connection, whatever it answers; a refusal is an answer."""
        try:
            known = self.info
            psycopg.connect(known.dsn, password=known.password or None, connect_timeout=CONNECT).close()
        except errors.ConnectionTimeout:
            return False
        except psycopg.Error:
            return True
        return True

    def _wait_for_long(self, gen: PQGen[Any], interval: float) -> Any:
        try:
            return super().wait(gen, interval, LONGEST - SILENCE)
        except errors._WaitTimeout:
            pass
        try:
            self.cancel_safe(timeout=_CANCELLED)
            return super().wait(gen, interval, _CANCELLED)
        except (errors._WaitTimeout, errors.CancellationTimeout):
            raise self.no_answer() from None
