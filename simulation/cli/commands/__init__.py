"""What can be asked, in words and options; the work stands in a module for each command."""
