"""The measures that the command line and the dossier offer: what each is called and asks for, and how it is computed."""
