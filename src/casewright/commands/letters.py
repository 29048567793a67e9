"""Looking at letters while they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def letters() -> None:
    """The letters there are, and how they look."""


@app.command("list")
def list_all() -> None:
    """Each letter with its version and who approved its words."""
    from casewright.areas.traffic.letters import LETTERS
    from casewright.foundation.documents.typesetting import template

    for kind in LETTERS.values():
        known = template(kind.template)
        typer.echo(
            f"{kind.name:<16} version {known.version}, approved by {known.approved_by} on {known.approved_on}: "
            f"{known.title}"
        )


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="a letter of `casewright letters list`")],
    output: Annotated[Path, typer.Option(help="the PDF to write")] = Path("letter.pdf"),
) -> None:
    """Typeset a letter from its own invented example; says how many pages it has."""
    from casewright.areas.traffic.letters import LETTERS
    from casewright.areas.traffic.letters.nip_s172 import run_data
    from casewright.foundation import clock
    from casewright.foundation.documents import typesetting

    if name not in LETTERS:
        typer.echo(f"There is no letter {name!r}; `casewright letters list` shows them.", err=True)
        raise typer.Exit(2)
    kind = LETTERS[name]
    known = typesetting.template(kind.template)
    unit = {
        "name": "Northmere Prosecution Unit",
        "address": ["Orrin House", "1 Wharf Road", "Fernhithe", "FX1 4QZ"],
    }
    data = run_data(
        [kind.example], unit=unit, force="Northmere Police", title=known.title, today=clock.today()
    )
    pdf = typesetting.set_type(known, data)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(pdf)
    pages = typesetting.page_count(pdf)
    typer.echo(
        f"{output}: {pages} pages" + ("" if pages == known.pages else f", but its TOML says {known.pages}")
    )
    if pages != known.pages:
        raise typer.Exit(1)
