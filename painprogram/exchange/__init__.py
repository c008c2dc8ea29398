"""What other programs read and write: bytes to and from frozen values."""
