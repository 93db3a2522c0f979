"""The demonstration world: two dozen invented families in every state of the chain, made by the actions."""
