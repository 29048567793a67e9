"""Serve the pages (granian), for a server; ``up`` uses it too."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


@app.command()
def web(
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="processes; one or two for each core")] = 2,
    threads: Annotated[
        int, typer.Option(help="threads in each process; the pool should have as many connections")
    ] = 4,
) -> None:
    """Serve the pages until told to stop."""
    from granian.cli import entrypoint

    sys.argv = [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--no-ws",
        "--http",
        "1",
    ]
    sys.argv += ["--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers"]
    sys.argv += [
        "--workers-kill-timeout",
        "5s",
        "--log-level",
        "warning",
        "casewright.config.wsgi:application",
    ]
    entrypoint()  # type: ignore[no-untyped-call]
