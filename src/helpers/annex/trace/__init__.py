"""Looks up every transcribed row in a copy of the evaluation."""
