"""The forms in which an answer goes out: which one is wanted, and how each is written."""
