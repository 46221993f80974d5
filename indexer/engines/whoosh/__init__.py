"""The Whoosh engine: the only package that imports Whoosh; no object of Whoosh leaves it.

Whoosh 2.7.4 keeps the table of contents, the lock, deletions and segment files. It is given finished terms,
and its searcher is not used: queries are evaluated exactly, on arrays of postings.
"""
