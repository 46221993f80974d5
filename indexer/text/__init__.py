"""How does Vietnamese text become syllables and words, each with its place in the original?"""
