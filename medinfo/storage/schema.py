"""The tables, as the newest migration leaves them. Times are seconds since 1970 in UTC."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

glossaries = Table(
    "glossaries",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("created_at", Double, nullable=False),
)

glossary_versions = Table(
    "glossary_versions",
    metadata,
    Column("glossary_id", ForeignKey("glossaries.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Double, nullable=False),
)

# An entry holds from version `since` until before version `until`: a change stores only what changed, and every
# earlier version stays readable.
glossary_entries = Table(
    "glossary_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("glossary_id", ForeignKey("glossaries.id", ondelete="CASCADE"), nullable=False),
    Column("source_lang", String(8), nullable=False),
    Column("target_lang", String(8), nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Index("glossary_entries_dictionary", "glossary_id", "source_lang", "target_lang"),
)

memory_entries = Table(
    "memory_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("source_lang", String(8), nullable=False),
    Column("target_lang", String(8), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Double, nullable=False),
    Column("failures", Text, nullable=False),
    Index("memory_exact", "source_lang", "target_lang", "digest", unique=True),
    sqlite_autoincrement=True,
)

# Which entries hold a word: `word` is a hash of the languages and the word, `length` that of the entry's text.
memory_words = Table(
    "memory_words",
    metadata,
    Column("word", BigInteger, primary_key=True, autoincrement=False),
    Column("length", Integer, primary_key=True, autoincrement=False),
    Column("entry", ForeignKey("memory_entries.number", ondelete="CASCADE"), primary_key=True),
    Index("memory_words_entry", "entry"),
    sqlite_with_rowid=False,
)

jobs = Table(
    "jobs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("params", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("not_before", Double, nullable=False),
    Column("finished_at", Double),
    Column("lease", String(64)),
    Column("lease_until", Double),
    Column("cancel_asked", Boolean(create_constraint=False), nullable=False),
    Column("error_code", String(64)),
    Column("error_params", Text),
    Index("jobs_waiting", "state", "number"),
    Index("jobs_finished", "finished_at"),
    sqlite_autoincrement=True,
)

job_contents = Table(
    "job_contents",
    metadata,
    Column("job", ForeignKey("jobs.number", ondelete="CASCADE"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

job_results = Table(
    "job_results",
    metadata,
    Column("job", ForeignKey("jobs.number", ondelete="CASCADE"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("report", Text, nullable=False),
)

job_checkpoints = Table(
    "job_checkpoints",
    metadata,
    Column("job", ForeignKey("jobs.number", ondelete="CASCADE"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
