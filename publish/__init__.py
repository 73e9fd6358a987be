"""Canonical records to tables on disk."""
