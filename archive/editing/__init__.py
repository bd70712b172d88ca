"""Services of editors, without HTTP: pages and commands call these."""
