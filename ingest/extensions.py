"""What components pass to each other on a spaCy ``Doc``, and the tokenizer that makes one of a text.

A token is one character of the folded view, so that token offsets are offsets of the view.
"""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.view import view_of

EXTENSIONS = ("view", "outline", "layout", "items", "body_end", "header", "clauses", "tables", "works", "task_themes")
for _name in EXTENSIONS:
    Doc.set_extension(_name, default=None, force=True)


class CharacterTokenizer:
    """Text as read → a Doc over its folded view, with ``doc._.view``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        view = view_of(text)
        doc = Doc(self.vocab, words=list(view.text), spaces=[False] * len(view.text))
        doc._.view = view
        return doc
