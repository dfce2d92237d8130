"""Lists of a programme as libraries have them: a file per format, all read into one kind of row."""
