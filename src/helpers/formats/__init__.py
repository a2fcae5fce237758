"""Format numbers and tables in each language: as text, HTML and CSV."""
