"""A front page over several annexes."""
