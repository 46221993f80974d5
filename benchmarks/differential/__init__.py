"""Are the answers right? Generated queries of the whole grammar, against a plain evaluator.

The evaluator shares nothing with the search: no grammar, no engine, no index. A query is drawn as a tree and
written as text (drawing); the text is asked as a page asks it, and the tree is evaluated by scanning the
articles (scanning), with its own syllables and its own rule of what a typed syllable means (syllables). What
docs/query.md says is written down here a second time, plainly.

Compared are totals, the ids and their order, pages, facets, the date histogram, and the characters that are
highlighted. Expansions are off, for they depend on the tables of names; so are corrections.
"""
