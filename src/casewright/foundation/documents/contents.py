"""What bytes are by their own beginning, whatever their name or their sender says of them (ASVS 5.0 5.2.2)."""

from __future__ import annotations

_SIGNS = (
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document or a mail"),
    (b"{\\rtf", "a word processor's document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a program"),
    (b"<", "a page or XML"),
)
TEXT_SIGNS = (
    b"BM",
    b"MZ",
    b"RIFF",
    b"BZh",
)  # letters: a heading may begin with them, so a NUL must follow too


def what_it_is(start: bytes) -> str:
    """What these first bytes plainly are, in words; empty where they may be text."""
    body = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, words in _SIGNS:
        if body.startswith(sign) and (sign not in TEXT_SIGNS or b"\x00" in body[:512]):
            return words
    return ""
