"""A virus scanner as a process of its own: it speaks clamd's INSTREAM and knows the EICAR test file alone."""

from __future__ import annotations

import struct
from socketserver import StreamRequestHandler, ThreadingTCPServer

# The test file every scanner knows, as its publisher describes it, in two halves: whole it would be found in this file.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
MOST = 200 * 1024 * 1024


class _Scan(StreamRequestHandler):
    def handle(self) -> None:
        """Answer one command."""
        command = self.rfile.read(10)
        if command == b"zINSTREAM\0":
            self.wfile.write(self._verdict() + b"\0")
        elif command.startswith(b"zPING\0"):
            self.wfile.write(b"PONG\0")

    def _verdict(self) -> bytes:
        held, found, size = b"", False, 0
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            size += length
            if size > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
            held = held[-len(EICAR) :] + self.rfile.read(length)
            found = found or EICAR in held
        return b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK"


def serve(port: int) -> ThreadingTCPServer:
    """The scanner on loopback, ready to serve; port 0 takes a free one."""
    ThreadingTCPServer.allow_reuse_address = True
    ThreadingTCPServer.daemon_threads = True
    return ThreadingTCPServer(("127.0.0.1", port), _Scan)
