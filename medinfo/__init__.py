"""What is known about medicines, and the work done with it."""
