"""Engines that run a query against an index; errors are shared by all."""
