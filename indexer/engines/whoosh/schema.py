"""What does Whoosh know of an article? Its id; everything else is the codec's.

Whoosh pickles the schema into its table of contents: the index is always opened with this one, so
that copy is never loaded.
"""

from whoosh.fields import ID, Schema

SCHEMA = Schema(id=ID(unique=True))
INDEX_NAME = "MAIN"  # whoosh's default
