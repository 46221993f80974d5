"""What could a reader be typing? Completions: phrases and headlines of the corpus, from titles and ledes."""
