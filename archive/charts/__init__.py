"""Charts as numbers: places and sizes, for templates to draw. Pure."""
