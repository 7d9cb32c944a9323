"""Goals, plans that grow, streaks, and what there is to tell of them."""
