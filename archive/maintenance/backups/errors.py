"""Errors of backups."""


class BackupError(Exception):
    """Says what is wrong, where, and what to do."""
