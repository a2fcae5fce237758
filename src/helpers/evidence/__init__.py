"""A number and what it rests on: bounds, unit, row or derivation. Nothing here reads a file."""
