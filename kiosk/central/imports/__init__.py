"""Lists of a programme as libraries have them: read, held against what is here, taken over."""
