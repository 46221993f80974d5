"""What is counted: measures, collocations, keywords, n-grams, comparisons."""
