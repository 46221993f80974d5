"""How do people and programs search the archive, and what are they shown?"""
