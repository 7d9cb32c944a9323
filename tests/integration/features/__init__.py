"""Goals, reminders and guided sessions of a walker in Home Assistant."""
