"""Uploads too large for memory: written straight into quarantine, where what a killed process leaves is swept away."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from casewright.foundation.documents import quarantine
from casewright.foundation.messages.adapters import adapter


class InQuarantine(TemporaryFileUploadHandler):
    """Keeps an upload in quarantine while it comes; the system's own temporary folder is nobody's to sweep.

    A form is read before it is known who sent it, at any address. So that nobody fills the disk of the kept files, a
    request writes one file, and of that no more than shows that it is too large; any further file of it is empty.
    """

    room: int | None = None  # bytes that may still be written

    def new_file(self, *named: Any, **said: Any) -> None:
        """Begin a file of the form."""
        FileUploadHandler.new_file(self, *named, **said)
        self.file = Upload(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.room = adapter("cameras").MOST_BYTES + 1 if self.room is None else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  Django's own arguments
        """Write what comes as far as there is room."""
        piece = raw_data[: self.room]
        self.file.write(piece)
        self.room = (self.room or 0) - len(piece)

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002
        """The file, as long as what was written of it."""
        return super().file_complete(self.file.tell())


class Upload(TemporaryUploadedFile):
    """An upload as a file of a random name in quarantine, gone once it is closed."""

    def __init__(self, name: Any, content_type: Any, size: int, charset: Any, extra: Any = None) -> None:
        file = tempfile.NamedTemporaryFile(prefix="upload-", dir=quarantine.folder())  # noqa: SIM115  closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)
