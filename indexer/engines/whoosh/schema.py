"""What does Whoosh know of an article? Only its id; the codec stores everything else.

Whoosh pickles the schema into its table of contents. The index is always opened with this schema, so that the
pickled one is never loaded.
"""

from whoosh.fields import ID, Schema

SCHEMA = Schema(id=ID(unique=True))
INDEX_NAME = "MAIN"  # whoosh's default
