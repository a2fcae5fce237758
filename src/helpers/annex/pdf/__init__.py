"""The annex as PDF, for printing and archives."""
