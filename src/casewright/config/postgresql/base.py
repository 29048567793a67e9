"""Where Django takes a connection for whoever needs one; named in the settings as the kind of database."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from casewright.foundation import patience


class DatabaseWrapper(base.DatabaseWrapper):
    """A page that waited for a connection in vain does not wait for another while it says so."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's.

        :raises psycopg.OperationalError: at once, where this page knows already that the database does not answer
        """
        patience.must_not_have_given_up()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            patience.gave_up()
            raise
