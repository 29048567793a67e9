"""The virus scanner over its own protocol: a process that speaks it, and the real daemon where the machine has one."""

from __future__ import annotations

import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ports import POLL, held_port

from casewright.interfaces.clamd import live
from casewright.interfaces.clamd.simulator import EICAR

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds for the real daemon to read its signatures, on a busy machine
SERVE = (
    "from casewright.interfaces.clamd.simulator import serve; s = serve(0); print(s.server_address[1], flush=True); "
    "s.serve_forever()"
)


@pytest.fixture(scope="module")
def simulator() -> Iterator[str]:
    """A scanner's process, as host:port."""
    with subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield f"127.0.0.1:{running.stdout.readline().strip()}"
        finally:
            running.terminate()


def the_real_one(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """ClamAV's own daemon with one signature of ours: it must find the test file and pass the rest."""
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {folder}/db\nForeground yes\n"
        "OfficialDatabaseOnly no\nStreamMaxLength 1M\n"
    )
    return subprocess.Popen([shutil.which("clamd") or "", "-c", str(settings)], stdout=subprocess.DEVNULL)


def scanners(simulator: str, folder: Path) -> Iterator[str]:
    """Every scanner there is here; the real one only where its program is."""
    yield simulator
    if not shutil.which("clamd"):
        return
    with held_port() as port, the_real_one(folder, port) as running:
        try:
            until = time.monotonic() + PATIENCE
            while not answers(port):
                assert running.poll() is None, "clamd ended"
                assert time.monotonic() < until, "clamd never listened"
                time.sleep(0.1)
            yield f"127.0.0.1:{port}"
        finally:
            running.terminate()


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def test_the_test_file_is_found_wherever_it_stands_and_other_bytes_pass(
    simulator: str, tmp_path: Path, settings: Any
) -> None:
    for address in scanners(simulator, tmp_path):
        settings.CASEWRIGHT_SCANNER = address
        for content, found in (
            (EICAR, True), (b"device,mark\n", False), (b"", False), (b"x" * (live.PIECE - 20) + EICAR, True),
        ):  # fmt: skip
            path = tmp_path / "asked"
            path.write_bytes(content)
            verdict = live.verdict(path)
            assert bool(verdict) is found
            assert "eicar" in verdict.casefold() or not found


class Odd(socketserver.StreamRequestHandler):
    """Answers at once with whatever the test wants."""

    said = b""

    def handle(self) -> None:
        self.wfile.write(self.said)


GONE = "cut off|ConnectionResetError"  # by whether what we still sent was heard before it closed


@pytest.mark.parametrize("size", [10, 8_000_000])  # bytes: sent at once, and more than the connection holds
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", GONE),
        (b"stream: OK", GONE),
        (b"INSTREAM size limit exceeded. ERROR\0", "over its limit"),
        (b"stream: OKAY\0", "not understood"),
        (b"stream: <script> FOUND\x07\0", "not understood"),
        (b"stream: a b FOUND\0", "not understood"),
        (b"x" * 10_000, "not understood"),
    ],
)
def test_no_answer_but_the_two_known_ones_is_a_verdict(
    said: bytes, why: str, size: int, tmp_path: Path, settings: Any
) -> None:
    handler = type("Handler", (Odd,), {"said": said})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
        settings.CASEWRIGHT_SCANNER = f"127.0.0.1:{server.server_address[1]}"
        path = tmp_path / "asked"
        path.write_bytes(b"x" * size)
        with pytest.raises(live.NotAnswered, match=why):
            live.verdict(path)
        server.shutdown()


def test_a_scanner_that_is_away_gives_no_verdict(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "asked"
    path.write_bytes(b"x")
    with held_port() as port:
        settings.CASEWRIGHT_SCANNER = f"127.0.0.1:{port}"
        with pytest.raises(live.NotAnswered, match="ConnectionRefusedError"):
            live.verdict(path)
