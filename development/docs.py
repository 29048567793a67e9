"""Build ``docs/`` into a small site of plain pages in ``var/docs``; every link must lead somewhere."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent.parent
DOCS = HERE / "docs"
SITE = HERE / "var" / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="stylesheet" href="{up}style.css"><nav><a href="{up}README.html">Casewright</a></nav><main>
{body}</main></html>
"""
STYLE = """body { font: 1.05rem/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; }
pre { background: #f3f3f0; padding: .7rem; overflow-x: auto; } img { max-width: 100%; }
"""


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted(DOCS.rglob("*.md"))


def broken_links(page: Path) -> list[str]:
    """The relative links of a page that lead nowhere."""
    found = (link for link, _ in LINK.findall(page.read_text(encoding="utf-8")) if ":" not in link)
    return [link for link in found if not (page.parent / link).exists()]


def build(site: Path = SITE) -> int:
    """Write the site; how many pages it has.

    :raises ValueError: naming a page and a link that leads nowhere
    """
    markdown = MarkdownIt("commonmark").enable("table")
    for page in pages():
        if broken := broken_links(page):
            raise ValueError(f"{page.relative_to(HERE)} links to {', '.join(broken)}, which is not there")
        inside = page.relative_to(DOCS)
        target = (site / inside).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        words = page.read_text(encoding="utf-8")
        body = re.sub(r'href="([^":]+)\.md(#[^"]*)?"', r'href="\1.html\2"', markdown.render(words))
        title = html.escape(words.splitlines()[0].lstrip("# "))
        target.write_text(
            PAGE.format(title=title, up="../" * (len(inside.parts) - 1), body=body), encoding="utf-8"
        )
    (site / "style.css").write_text(STYLE, encoding="utf-8")
    return len(pages())


if __name__ == "__main__":
    try:
        print(f"{build()} pages in {SITE.relative_to(HERE)}")
    except ValueError as problem:
        sys.exit(str(problem))
