"""What editors do, as services without HTTP: pages and commands call these."""
