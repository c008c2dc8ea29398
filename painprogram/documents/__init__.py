"""What is printed: frozen content in, PDF bytes out."""
