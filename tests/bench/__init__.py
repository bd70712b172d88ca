"""The benchmark: this program beside stock Whoosh, SQLite FTS5 and Tantivy, on the same parts.

python -m tests.bench [--corpus FILE] [--limit N] [--json FILE] [--skip stock,tantivy]
"""
