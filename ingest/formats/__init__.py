"""Readers of document formats: bytes in, documents out. One format a module; none of them opens a file or fetches anything."""
