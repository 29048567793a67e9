"""Make the folder of vendored style sheets, components and font from what npm fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casewright.commands.machine import vendored

app = typer.Typer(add_completion=False)


@app.command()
def assets(
    modules: Annotated[Path, typer.Argument(help="npm's node_modules folder")],
    into: Annotated[Path, typer.Argument(help="the folder to make")],
) -> None:
    """Strip crown, crest and GDS Transport from what npm fetched, and lay the rest out for the pages."""
    vendored.build(modules, into)
