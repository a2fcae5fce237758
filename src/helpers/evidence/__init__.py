"""Numbers with their evidence: bounds, unit, row or derivation. Nothing here reads a file."""
