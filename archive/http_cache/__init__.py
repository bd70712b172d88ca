"""HTTP caching of public pages: validators, kept pages, what makes them stale."""
