"""Glossaries, approved translations and jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _glossaries()
    _memory()
    _jobs()


def _glossaries() -> None:
    op.create_table(
        "glossaries",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_table(
        "glossary_versions",
        sa.Column("glossary_id", sa.String(64), sa.ForeignKey("glossaries.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_table(
        "glossary_entries",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("glossary_id", sa.String(64), sa.ForeignKey("glossaries.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source_lang", sa.String(8), nullable=False),
        sa.Column("target_lang", sa.String(8), nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
    )
    op.create_index("glossary_entries_dictionary", "glossary_entries", ["glossary_id", "source_lang", "target_lang"])


def _memory() -> None:
    op.create_table(
        "memory_entries",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("source_lang", sa.String(8), nullable=False),
        sa.Column("target_lang", sa.String(8), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_at", sa.Double, nullable=False),
        sa.Column("failures", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("memory_exact", "memory_entries", ["source_lang", "target_lang", "digest"], unique=True)
    op.create_table(
        "memory_words",
        sa.Column("word", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("length", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Integer, sa.ForeignKey("memory_entries.number", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("memory_words_entry", "memory_words", ["entry"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("not_before", sa.Double, nullable=False),
        sa.Column("finished_at", sa.Double),
        sa.Column("lease", sa.String(64)),
        sa.Column("lease_until", sa.Double),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error_params", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("jobs_waiting", "jobs", ["state", "number"])
    op.create_index("jobs_finished", "jobs", ["finished_at"])
    _of_job("job_contents", sa.Column("content", sa.LargeBinary, nullable=False))
    _of_job(
        "job_results",
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    _of_job(
        "job_checkpoints",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def _of_job(name: str, *columns: sa.Column[bytes] | sa.Column[str]) -> None:
    job = sa.Column("job", sa.Integer, sa.ForeignKey("jobs.number", ondelete="CASCADE"), primary_key=True)
    op.create_table(name, job, *columns)
