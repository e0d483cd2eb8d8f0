"""How results are said, in both languages: the same sentences in Slack and on the command line. Pure."""
