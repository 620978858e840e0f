package paths

// DemoEntries takes the choice of a demo person to look around as.
func DemoEntries() string { return "/demo/entries" }
