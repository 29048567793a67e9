"""What comes in and goes out: files taken in, rows held and mended, the health of other systems."""
