"""How does a crawl (WARC, ARC) become pages? Record by record, in bounded memory, past any damage.

warcio reads headers and chunks; its iterator is not used, because it ends at the first damaged record, takes
a page cut short for a whole one, and writes to standard error.
"""
