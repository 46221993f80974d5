"""What could a reader be typing? Phrases and headlines of the corpus, learnt from titles and ledes."""
