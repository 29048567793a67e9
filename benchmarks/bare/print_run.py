"""The limit of a print run: the same template and the same data, through the typesetting engine and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst


def typeset(template: Path, parts: Sequence[dict[str, Any]]) -> int:
    """Typeset each part of a run; how many bytes came out."""
    made = 0
    for data in parts:
        pdf: bytes = typst.compile(
            str(template),
            root=str(template.parent),
            format="pdf",
            pdf_standards="ua-1",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
        )
        made += len(pdf)
    return made
