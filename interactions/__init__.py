"""What happens when medicines meet."""
