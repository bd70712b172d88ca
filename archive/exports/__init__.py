"""Exports: what the archive holds, as data for other programs."""
