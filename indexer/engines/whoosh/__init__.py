"""The Whoosh engine: all of Whoosh is in this room, and nothing of it leaves.

Whoosh 2.7.4 keeps segments, term dictionaries and postings on disk. It is fed finished terms, and
its own searcher is not used: queries are evaluated exactly, on whole arrays of occurrences.
"""
