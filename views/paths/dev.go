package paths

// CaughtMail is the list of mails that were caught instead of sent; development only.
func CaughtMail() string { return "/dev/mail" }

// CaughtMessage is one of them.
func CaughtMessage(id string) string { return join("dev", "mail", id) }

// KitPage shows every component; development only.
func KitPage() string { return "/dev/kit" }
