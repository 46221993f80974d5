"""Which syllables of a query are meant together? Units: words, names and set phrases, by the corpus's counts."""
