"""Maintenance of an archive: backups, integrity, database options and checks."""
