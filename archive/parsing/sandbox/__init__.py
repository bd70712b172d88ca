"""A process apart in which files from outside are parsed. Pure."""
