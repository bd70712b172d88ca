"""The query language: from characters to a query tree. Pure."""
