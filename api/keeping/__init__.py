"""Keeping a graph in step with folders of documents."""
