"""Daily life in which nobody walks: what a foot does then, by laws that vary more than their seeds."""
