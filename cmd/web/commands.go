package main

// commands lists the subcommands in the order that the usage shows them.
func commands() []command {
	return []command{
		{"serve", "serve the web application (the default)", serveCommand},
		{"migrate", "bring the database up to date", migrateCommand},
		{"seed", "fill an empty database with the demo marketplace", seedCommand},
		{"config", "print the effective settings, secrets masked", configCommand},
		{"keys", "make a master key, wrap every key anew, or count them: new FILE, rotate, list", keysCommand},
		{"verify", "check what the program wrote, without it: audit, proof FILE", verifyCommand},
		{"witness", "watch the audit log of a Truepenny from another machine: new KEYFILE NAME, URL", witnessCommand},
		{"engine", "make the engine folder (runtime library and networks) from what npm brought", engineCommand},
		{"lab", "measure accuracy on a folder of labelled pictures: face DIR, document DIR", labCommand},
	}
}
