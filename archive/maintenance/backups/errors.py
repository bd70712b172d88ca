"""What may go wrong with a backup."""


class BackupError(Exception):
    """Says what is wrong, where, and what to do."""
