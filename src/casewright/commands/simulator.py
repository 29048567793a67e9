"""Outside systems as processes of their own, for demonstrations and tests."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def simulator() -> None:
    """Serve an outside system on this machine."""


@app.command()
def dvla(
    port: Annotated[int, typer.Option(help="the port on loopback; 0 takes a free one")] = 0,
    delay: Annotated[float, typer.Option(help="seconds before each reply")] = 0.0,
    lost: Annotated[float, typer.Option(help="share of replies lost after the work was done, 0 to 1")] = 0.0,
    busy: Annotated[float, typer.Option(help="share of requests answered with 503, 0 to 1")] = 0.0,
) -> None:
    """Serve DVLA's keeper enquiry: believable keepers, refusals, repeats, lost replies."""
    from casewright.interfaces.dvla.simulator import Behaviour, serve

    server = serve(port, Behaviour(delay=delay, lost=lost, busy=busy))
    typer.echo(f"DVLA simulator at http://127.0.0.1:{server.server_address[1]}")
    server.serve_forever()


@app.command()
def clamd(port: Annotated[int, typer.Option(help="the port on loopback; 0 takes a free one")] = 0) -> None:
    """Serve a virus scanner that speaks clamd's protocol and knows the EICAR test file alone."""
    from casewright.interfaces.clamd.simulator import serve

    server = serve(port)
    typer.echo(f"Scanner simulator at 127.0.0.1:{server.server_address[1]}")
    server.serve_forever()
