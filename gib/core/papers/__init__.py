"""Papers that leave the house: PDF now; Word and calendar feeds with the issue that needs them first."""
