"""How long a walker has been sitting, and when to say so."""
