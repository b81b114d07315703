"""What a medical sentence states that must not change: numbers, units, dates, frequencies, negations and the like."""
