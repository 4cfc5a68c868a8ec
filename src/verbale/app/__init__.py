"""What a person uses: flows, one for each public verb, and the command line and pages that call them."""
