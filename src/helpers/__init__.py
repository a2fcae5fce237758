"""Shared parts of the notebooks: tables, measures, claims, charts, and outputs in two languages."""
