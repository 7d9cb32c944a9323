"""What Assist is asked and answers without a language model, and with one."""
