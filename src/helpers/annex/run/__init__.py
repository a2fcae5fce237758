"""Running notebooks: each once, in a kernel of its own."""
