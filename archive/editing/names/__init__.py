"""Changes of names: of outlets, of speakers, and of the addresses of conferences."""
