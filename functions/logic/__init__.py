"""What the functions do, wherever they run."""
