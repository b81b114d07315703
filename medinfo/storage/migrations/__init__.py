"""Migrations of the database, run when it is opened. A migration that was released is never changed."""
