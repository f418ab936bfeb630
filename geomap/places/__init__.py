"""Work on the gazetteer: read and check its files, index names, search, import, add, draw."""
