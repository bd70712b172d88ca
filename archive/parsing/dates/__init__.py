"""The date of a conference, from all that its file says. Pure."""
