"""How does a crawl (WARC, ARC) become pages? Record by record, in bounded memory, also behind damage.

warcio parses headers and chunks. Its iterator is not used, because it ends at the first damaged record, takes
a page that is cut off for a complete one, and writes to standard error.
"""
