"""Transcripts from bytes to plain records. Pure: no Django, clock or network."""
