"""Settings for the type checker, which reads models but opens no database; never used to run anything."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/none?host=/nowhere")
os.environ.setdefault("CASEWRIGHT_SECRET_KEY", "only-for-the-type-checker-which-signs-nothing")
os.environ.setdefault("CASEWRIGHT_DEMO", "1")
os.environ.setdefault("CASEWRIGHT_FILES", "/nowhere")

from casewright.config.settings import *  # noqa: F403
