"""`run.py shots`: photograph every page and the gallery of components in light, dark and on a phone.

The pictures and a contact sheet go to var/shots. It runs the browser tests of pages, so that what is photographed
is also proved whole.
"""

from __future__ import annotations

import html
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "var" / "shots"
TESTS = ("tests/browser/test_components.py", "tests/browser/test_pages.py")


def main() -> int:
    """Take the pictures, lay out the sheet, and give back pytest's own exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    command = [sys.executable, "-m", "pytest", "-q", *TESTS]
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | {"SHOTS_FOLDER": str(FOLDER)})
    pictures = sorted(FOLDER.glob("*.png"))
    (FOLDER / "index.html").write_text(sheet([picture.name for picture in pictures]), encoding="utf-8")
    print(f"{len(pictures)} pictures; the contact sheet is {FOLDER / 'index.html'}")
    return done.returncode


def sheet(names: list[str]) -> str:
    """A page with all pictures side by side."""
    cells = "".join(
        f"<figure><a href='{html.escape(name)}'><img src='{html.escape(name)}' width='320' alt=''></a>"
        f"<figcaption>{html.escape(name.removesuffix('.png'))}</figcaption></figure>"
        for name in names
    )
    return f"<!doctype html><html lang='en'><title>Contact sheet</title><main><h1>Contact sheet</h1>{cells}</main>"


if __name__ == "__main__":
    sys.exit(main())
