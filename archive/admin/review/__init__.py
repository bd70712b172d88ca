"""The review page: a transcript as understood beside its source."""
