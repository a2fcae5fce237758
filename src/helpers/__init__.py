"""Shared parts of the notebooks: tables, measures, charts, and outputs in two languages."""
