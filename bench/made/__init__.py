"""Policy documents that are made up, with what they say: text and gold from one plan, never from the extraction."""
