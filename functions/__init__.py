"""The functions: handlers over the pure core, where runs are kept, and who has them made."""
