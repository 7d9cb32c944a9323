"""A walker's goals, streaks and what is told of them."""
