"""What a walker can have beside the count: goals, reminders, guided sessions, sounds of pods."""
