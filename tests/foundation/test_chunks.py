"""A file cut into chunks: each line in one chunk with its own number, none too large, the last ones small."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casewright.foundation.messages import lines

LINES = st.lists(st.sampled_from([b"a,b", b"", b"  ", b"x", b'"q'])).map(b"\n".join)


@given(content=LINES, size=st.integers(1, 9))
def test_every_line_is_in_one_chunk_with_its_own_number(
    content: bytes, size: int, tmp_path_factory
) -> None:
    path: Path = tmp_path_factory.mktemp("cut") / "file"
    path.write_bytes(content)
    found = list(lines.chunks(path, after=0, first=1, size=size))
    told = [row for piece in found for row in lines.rows(path, piece)]
    wanted = [(n, line) for n, line in enumerate(content.split(b"\n"), 1) if line.strip()]
    assert told == wanted
    assert all(0 < piece.items <= max(size, 4) for piece in found)
    assert sum(piece.items for piece in found) == len(wanted)


def test_the_last_chunks_are_small_so_that_no_worker_is_left_alone_with_a_long_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"row\n" * 20_000)
    sizes = [piece.items for piece in lines.chunks(path, after=0, first=1, size=5_000)]
    assert sizes == [5000, 5000, 3750, 2500, 1250, 1250, 1250]
