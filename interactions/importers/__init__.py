"""Readers of official interaction references."""
