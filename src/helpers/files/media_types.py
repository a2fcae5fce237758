"""Media types. Imports nothing: the process that runs notebooks loads no library of tables."""

MIME = "application/vnd.evidence.v1+json"  # of outputs with every language and their evidence
