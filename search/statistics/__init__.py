"""Statistics of what is found: counts, timeline, key words, contexts."""
