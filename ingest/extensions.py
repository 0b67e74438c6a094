"""What components pass to each other on a spaCy ``Doc``, and the tokenizer that makes one of a text.

A token is a line of the folded view with its end: patterns are written for characters, not for words, and
``doc.char_span`` gives the lines around an offset.
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


class LineTokenizer:
    """Text as read → a Doc over its folded view, with ``doc._.view``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose tokens are the lines of the view of ``text``."""
        view = view_of(text)
        lines = view.text.splitlines(keepends=True)
        doc = Doc(self.vocab, words=lines, spaces=[False] * len(lines))
        doc._.view = view
        return doc
