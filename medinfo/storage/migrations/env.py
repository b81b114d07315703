"""Runs migrations on the connection that it is handed, inside the transaction that is open there.

Alembic loads this file by its path and expects it to work when it is loaded.
"""

from __future__ import annotations

from alembic import context

from medinfo.storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
