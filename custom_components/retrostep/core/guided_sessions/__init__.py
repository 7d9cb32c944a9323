"""Leads through a session, stage by stage, and reads what pods say of it."""
