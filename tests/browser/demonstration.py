"""The whole demonstration, started by its own command, and the hands that use it in a browser."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize
from tests.ports import held_port

PATIENCE = 300  # seconds, on a busy machine
LINK = re.compile(r"^\s+(?P<role>\S.*?)\s{2,}(?:begin here: )?(?P<link>http\S+/sign-in/\S+)$")
PHONE: ViewportSize = {"width": 375, "height": 800}
DESK: ViewportSize = {"width": 1366, "height": 800}
SHOTS = os.environ.get("SHOTS_FOLDER", "")


def asked_who(page: Page, button: Locator) -> bool:
    """Press a button that sends a form; whether its answer is the page that asks again who it is.

    The page's own address would not tell: just after the press it is still the one before.
    """
    with page.expect_response(lambda answer: answer.request.method == "POST") as came:
        button.click()
    return "/sign-in/again" in came.value.headers.get("location", "")


class Demonstration:
    """Where the demonstration is, and each role's way in. A link works once: who has come in stays in."""

    def __init__(self, address: str, links: dict[str, str]) -> None:
        """Keep the address and the one-time links as the command printed them."""
        self.address, self.links = address.rstrip("/"), links
        self.inside: dict[str, object] = {}
        self.mail = self.folder = Path()

    def sign_in(self, chromium: Browser, role: str) -> None:
        """Spend the role's link and keep the session."""
        if role in self.inside:
            return
        context = chromium.new_context()
        context.new_page().goto(self.links[role])
        self.inside[role] = context.storage_state()
        context.close()

    @contextmanager
    def nothing_read(self) -> Iterator[None]:
        """No row of any file is settled until the end, so that work that goes on is seen however quick it is."""
        told = json.loads((self.folder / "running.json").read_text())["environment"]
        with psycopg.connect(told["CASEWRIGHT_OWNER_DATABASE_URL"]) as held:
            held.execute("LOCK TABLE messages_intakerow IN EXCLUSIVE MODE")
            yield

    def context(
        self, chromium: Browser, role: str, *, dark: bool = False, phone: bool = False, script: bool = True
    ) -> BrowserContext:
        """A browser window of someone of this role."""
        self.sign_in(chromium, role)
        return chromium.new_context(
            base_url=self.address,
            storage_state=self.inside[role],  # type: ignore[arg-type]
            viewport=PHONE if phone else DESK,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
        )


@contextmanager
def started(folder: Path) -> Iterator[Demonstration]:
    """`casewright up` in a folder of its own, ended as Ctrl-C ends it."""
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CASEWRIGHT_", "DATABASE_URL", "DJANGO_"))
    }
    kept = {
        name: os.environ[name]
        for name in ("CASEWRIGHT_POSTGRES", "CASEWRIGHT_POSTGRES_AS")
        if name in os.environ
    }
    with held_port(and_beside=True) as port, (folder.parent / "up.log").open("w+") as said:
        command = [sys.executable, "-m", "casewright", "up", "--port", str(port), "--data", str(folder)]
        up = subprocess.Popen(
            command, env=given | kept, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        )
        try:
            found = _listen(up)
            found.mail, found.folder = folder / "mail", folder
            yield found
        finally:
            up.send_signal(signal.SIGINT)
            up.communicate(timeout=PATIENCE)


def _listen(up: subprocess.Popen[str]) -> Demonstration:
    """Read what the command prints up to its last line."""
    address, links, lines = "", {}, []
    assert up.stdout
    for line in up.stdout:
        lines.append(line)
        if found := re.search(r"ready at (http\S+)", line):
            address = found[1]
        if found := LINK.match(line.rstrip()):
            links[found["role"]] = found["link"]
        if line.startswith("Ctrl-C"):
            return Demonstration(address, links)
    raise AssertionError("the demonstration did not start:\n" + "".join(lines))
