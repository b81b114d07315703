"""What users write: glossaries, approved translations, jobs. SQLite here, PostgreSQL at scale."""
