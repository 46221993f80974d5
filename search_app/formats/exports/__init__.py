"""How are the articles of a result written as a file?

``columns`` says what a row can hold, ``forms`` which forms of files there are, ``texts`` how texts stand in a
zip. A file is decided by the result, its form and its columns alone: written again, it has the same bytes. So
an export that broke off goes on after its last whole row, and a receipt made later fits the file.
"""
