"""How a stored file is given out: under our own name, never run, never guessed at by the browser."""

from __future__ import annotations

from django.http import HttpResponse

# A file runs nothing; the browser's own viewer of PDF is let draw itself.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
SHOWN = ("application/pdf", "image/png", "image/jpeg")  # by the browser's own viewer; all else is only saved


def stored_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """The answer with a file in it."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    sent = HttpResponse(content, content_type=media_type + charset)
    sent["Content-Disposition"] = f'{"inline" if media_type in SHOWN else "attachment"}; filename="{name}"'
    sent["X-Content-Type-Options"] = "nosniff"
    sent["Content-Security-Policy"] = FILE_POLICY
    return sent
