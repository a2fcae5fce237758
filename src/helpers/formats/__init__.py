"""How numbers and tables are written in each language: as text, HTML and CSV."""
