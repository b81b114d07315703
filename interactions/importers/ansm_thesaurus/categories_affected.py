"""Whose exposure or effect changes, read from the wording; empty unless the text names it clearly."""

from __future__ import annotations

from interactions.knowledge import Affected


def affected_side(mechanism: str, a: str, b: str) -> Affected:
    """x"""
    return ""
