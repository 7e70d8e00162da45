"""The command line: the only room that prints, and that writes files."""
