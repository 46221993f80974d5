"""Loops in C over the arrays of a segment, and the same in numpy where there is no C compiler."""
