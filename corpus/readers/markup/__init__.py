"""How is markup read that is a part of something else: the text of a feed's entry, the value of a record?"""
