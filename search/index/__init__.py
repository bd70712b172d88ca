"""The index: its documents, its writer, and whether it holds what the database does."""
