"""Readers of official medicine registers."""
