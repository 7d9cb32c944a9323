"""Goals, plans that grow, streaks, and what there is to publish of them."""
