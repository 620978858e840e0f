package main

// commands lists the subcommands in the order that the usage shows them.
func commands() []command {
	return []command{
		{"engine", "make the engine folder (runtime library and networks) from what npm brought", engineCommand},
		{"lab", "measure accuracy on a folder of labelled pictures: face DIR, document DIR", labCommand},
	}
}
