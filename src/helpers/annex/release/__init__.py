"""Publishes an annex atomically, with its manifest and its metadata for archives."""
