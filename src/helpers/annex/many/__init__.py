"""Several annexes at once: each of a project of its own, built in a process of its own."""
