"""Documents in, records out: read, structure, extract, resolve. Knows no store."""
