"""What components pass to each other on a spaCy ``Doc``, and the tokenizer that makes one of a text.

The whole folded view is one token: patterns are written for characters, and no component asks for words or lines,
so that making them would only cost time.
"""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.view import view_of

EXTENSIONS = (
    "view",
    "outline",
    "layout",
    "items",
    "body_end",
    "header",
    "clauses",
    "tables",
    "works",
    "task_themes",
    "references",
    "park_mentions",
    "parks",
    "park_industries",
    "task_industries",
    "targets",
)
for _name in EXTENSIONS:
    Doc.set_extension(_name, default=None, force=True)


class WholeTokenizer:
    """Text as read → a Doc over its folded view, with ``doc._.view``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose one token is the view of ``text``; one without a token for an empty text."""
        view = view_of(text)
        words = [view.text] if view.text else []
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc._.view = view
        return doc
