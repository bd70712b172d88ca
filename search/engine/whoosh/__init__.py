"""The engine over Whoosh, through Haystack: columns of NumPy arrays."""
