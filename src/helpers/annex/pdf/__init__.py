"""The annex as PDF, for paper and archives."""
