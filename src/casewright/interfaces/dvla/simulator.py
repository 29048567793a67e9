"""DVLA as a process of its own: believable keepers, refusals, delays, repeats and lost replies, on demand.

The answer to an enquiry depends on its mark alone, so asking again gives the same. Everybody it names is invented.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from casewright.interfaces.dvla.contract import PATH

SOON_ENDED = 0.01  # seconds between looks at whether a server in the background is to end

FIRST = (
    "Edwin",
    "Osric",
    "Mabel",
    "Tobias",
    "Caspar",
    "Ottilie",
    "Ansel",
    "Perpetua",
    "Lionel",
    "Isolde",
    "Rufus",
    "Winifred",
    "Barnaby",
    "Clemency",
    "Jasper",
    "Thora",
)
LAST = (
    "Marlow-Tate",
    "Penhale",
    "Wren",
    "Lindow",
    "Farrow-Dunn",
    "Rooke",
    "Ashgrove",
    "Quillfeather",
    "Hathersage",
    "Sparrowhawk",
    "Underhay",
    "Vellacott",
    "Thistlewood",
    "Brackenbury",
    "Oakapple",
    "Merriweather",
)
ROADS = (
    "Mill Lane",
    "Tallow Lane",
    "Corn Street",
    "Kiln Road",
    "Orchard Close",
    "Weir View",
    "Saltmarsh Way",
)
TOWNS = (("Fernhithe", "FX1"), ("Market Orrin", "FX2"), ("Quenby", "FX3"), ("Orrin Moor", "FX4"))
FIRMS = ("Fernhithe Van Hire Ltd", "Quenby Leasing Ltd", "Orrin Dairy Ltd", "Northmere Carriers Ltd")
CARS = (
    ("Hartwell", "Pippin", "grey"),
    ("Corvane", "Sterling", "blue"),
    ("Maddox", "Rover Nine", "red"),
    ("Hartwell", "Dray", "white"),
    ("Elstree", "Comet", "black"),
)


@dataclass
class Behaviour:
    """How it behaves just now: shares of answers between 0 and 1, delay in seconds."""

    down: bool = False
    delay: float = 0.0
    lost: float = 0.0
    busy: float = 0.0
    repeated: float = 0.05
    later: float = 0.0
    garbled: float = 0.0
    none: float = 0.04
    stale: float = 0.03
    abroad: float = 0.03
    organisation: float = 0.12


def answer(enquiry: dict[str, Any], how: Behaviour) -> dict[str, Any]:
    """The answer to one enquiry: the same for the same mark."""
    mark = str(enquiry.get("registrationMark", ""))
    dice = random.Random(hashlib.sha256(mark.encode()).hexdigest())
    make, model, colour = dice.choice(CARS)
    found: dict[str, Any] = {
        "enquiryId": enquiry.get("enquiryId"),
        "vehicle": {"make": make, "model": model, "colour": colour},
    }
    draw = dice.random()
    if draw < how.none:
        return {**found, "status": "none"}
    if draw < how.none + how.abroad:
        return {**found, "status": "abroad"}
    since = f"20{dice.randrange(15, 26)}-03-0{dice.randrange(1, 9)}"
    if draw < how.none + how.abroad + how.stale:
        since = "2099-01-01"  # became keeper after any offence: the record is stale for our day
    return {**found, "status": "keeper", "keeper": _keeper(dice, since, how)}


def _keeper(dice: random.Random, since: str, how: Behaviour) -> dict[str, Any]:
    town, code = dice.choice(TOWNS)
    postcode = f"{code} {dice.randrange(1, 9)}{dice.choice('ABDEFGH')}{dice.choice('JLNPQR')}"
    address = [f"{dice.randrange(1, 140)} {dice.choice(ROADS)}", town, postcode]
    firm = dice.random() < how.organisation
    name = dice.choice(FIRMS) if firm else f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    return {
        "kind": "organisation" if firm else "person",
        "name": name,
        "address": address,
        "since": since,
        "language": "en",
    }


class Handler(BaseHTTPRequestHandler):
    """The same contract as DVLA's, over real HTTP."""

    protocol_version = "HTTP/1.1"
    behaviour = Behaviour()
    dice = random.Random(7)
    asked = 0

    def do_POST(self) -> None:
        """Answer enquiries, or change behaviour at /control."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/control":
            self._control(body)
        elif self.path == PATH:
            self._enquiries(body)
        else:
            self._send(404, b'{"errors":[{"status":"404","detail":"no such path"}]}')

    def do_GET(self) -> None:
        """Say how it behaves just now."""
        self._send(200, json.dumps({**asdict(self.behaviour), "asked": Handler.asked}).encode())

    def _control(self, body: bytes) -> None:
        for name, value in json.loads(body).items():
            setattr(Handler.behaviour, name, value)
        self._send(200, b"{}")

    def _enquiries(self, body: bytes) -> None:
        how = Handler.behaviour
        time.sleep(how.delay)
        if how.down or self.dice.random() < how.busy:
            self._send(503, b'{"errors":[{"status":"503","detail":"busy"}]}')
            return
        asked = json.loads(body)["enquiries"]
        Handler.asked += len(asked)
        reply = json.dumps({"answers": self._answers(asked, how)}).encode()
        if self.dice.random() < how.lost:
            self.close_connection = True  # the work is done, the reply is lost
            self.connection.close()
            return
        self._send(200, reply[: len(reply) // 2] if self.dice.random() < how.garbled else reply)

    def _answers(self, asked: list[dict[str, Any]], how: Behaviour) -> list[dict[str, Any]]:
        found = [
            {"enquiryId": e.get("enquiryId"), "status": "later"}
            if self.dice.random() < how.later
            else answer(e, how)
            for e in asked
        ]
        return found + [a for a in found if self.dice.random() < how.repeated]

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Say nothing: marks and names have no place in a log."""


def serve(port: int, behaviour: Behaviour) -> ThreadingHTTPServer:
    """A server on loopback, not yet serving; port 0 takes any free one."""
    Handler.behaviour = behaviour
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


def in_background(behaviour: Behaviour | None = None) -> ThreadingHTTPServer:
    """A server already serving in a thread, for tests that need the real protocol."""
    server = serve(0, behaviour or Behaviour())
    threading.Thread(target=server.serve_forever, args=(SOON_ENDED,), daemon=True).start()
    return server
