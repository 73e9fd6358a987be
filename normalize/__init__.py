"""Words in, value out: pure functions over Vietnamese plan wording."""
