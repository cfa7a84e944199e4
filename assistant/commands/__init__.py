"""One small file for each family of commands; each only translates words into calls and back."""
