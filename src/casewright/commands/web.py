"""Serve the pages (granian), for a server; ``up`` uses it too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

app = typer.Typer(add_completion=False)


@app.command()
def web(
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="processes; one or two for each core")] = 2,
    threads: Annotated[
        int, typer.Option(help="threads in each process; the pool should have as many connections")
    ] = 4,
    certificate: Annotated[
        Path | None, typer.Option(help="this server's certificate; needed to listen to other machines")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="the certificate's key")] = None,
) -> None:
    """Serve the pages until told to stop."""
    from granian.cli import entrypoint

    _must_be_private(host, certificate, key)
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
    if certificate and key:
        sys.argv += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]
    sys.argv += [
        "--workers-kill-timeout",
        "5s",
        "--log-level",
        "warning",
        "casewright.config.wsgi:application",
    ]
    entrypoint()  # type: ignore[no-untyped-call]


def _must_be_private(host: str, certificate: Path | None, key: Path | None) -> None:
    """Outside a demonstration other machines, the proxy too, are answered over TLS alone (ASVS 5.0 12.3.3)."""
    from django.conf import settings

    missing = [each for each in (certificate, key) if each is None or not each.is_file()]
    if (certificate or key) and missing:
        typer.echo("Name both --certificate and --key, each a file that is there.", err=True)
        raise typer.Exit(2)
    if not settings.CASEWRIGHT_DEMO and host not in THIS_MACHINE and missing:
        typer.echo(
            f"Listening on {host} lets other machines in, and nothing would be encrypted: name --certificate and"
            " --key, or listen on 127.0.0.1 for a proxy on this machine.",
            err=True,
        )
        raise typer.Exit(2)
