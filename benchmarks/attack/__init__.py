"""Does a reader still get pages while hostile clients keep the server busy?"""
