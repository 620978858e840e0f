package paths

// Notices shows the texts that people are asked to answer, and what is kept.
func Notices() string { return "/notices" }
