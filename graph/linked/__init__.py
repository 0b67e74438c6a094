"""The graph as linked data: addresses, terms and triples of nodes and edges, by ``data/tables/vocabulary.yml``."""
