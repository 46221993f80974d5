"""Which syllables of a query are meant together? Units: words, names, set phrases, by the corpus's counts."""
