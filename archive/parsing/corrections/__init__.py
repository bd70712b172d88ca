"""Editors' corrections, applied to what a file says. Pure."""
