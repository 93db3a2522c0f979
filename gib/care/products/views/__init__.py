"""Pages of products, matches, visits and group meetings."""
