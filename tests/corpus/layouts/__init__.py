"""Layouts of pages as papers build them, of articles and of what is none, filled with the sample's articles.

Those in ``held_out`` were written without looking at the rules that they judge, and are only counted.
"""
