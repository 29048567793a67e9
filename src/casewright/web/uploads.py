"""Uploads too large for memory: written straight into quarantine, where what a killed process leaves is swept away."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from casewright.foundation.documents import quarantine


class InQuarantine(TemporaryFileUploadHandler):
    """Keeps an upload in quarantine while it comes; the system's own temporary folder is nobody's to sweep."""

    def new_file(self, *named: Any, **said: Any) -> None:
        """Begin a file of the form."""
        FileUploadHandler.new_file(self, *named, **said)
        self.file = Upload(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


class Upload(TemporaryUploadedFile):
    """An upload as a file of a random name in quarantine, gone once it is closed."""

    def __init__(self, name: Any, content_type: Any, size: int, charset: Any, extra: Any = None) -> None:
        file = tempfile.NamedTemporaryFile(prefix="upload-", dir=quarantine.folder())  # noqa: SIM115  closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)
