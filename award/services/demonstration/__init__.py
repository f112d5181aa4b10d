"""The invented rounds of the demonstration, one module a noun; their texts stand in content/."""
