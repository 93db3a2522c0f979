"""What a page costs when the house is as large as the nation."""
