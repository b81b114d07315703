"""Brings a database to the newest schema with Alembic, in one transaction."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from medinfo.errors import StorageUnavailable


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that are missing.

    Args:
        connection: with a transaction open, which the caller commits. revision: how far; the newest by default.

    Raises:
        StorageUnavailable: the database is at a revision that this version does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(files("medinfo.storage").joinpath("migrations")).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if set(MigrationContext.configure(connection).get_current_heads()) - known:
        raise StorageUnavailable(
            "The database was written by a newer version of medinfo.", hint="Run that version, or a newer one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
