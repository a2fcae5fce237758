"""Verifies a published annex: its files against its manifest, its results against a fresh run."""
