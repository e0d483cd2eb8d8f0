"""Files and forms that people hand in, read into facts."""
