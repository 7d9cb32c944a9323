"""What is wrong and a person can put right, and the flows that lead through it."""
