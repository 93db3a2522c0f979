"""The pages about families: the list of mothers, and the acts on the tabs of a dossier."""
