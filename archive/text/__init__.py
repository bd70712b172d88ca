"""Characters: which are the same, and the two scripts of Chinese. Pure."""
