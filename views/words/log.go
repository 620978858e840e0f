package words

// logReasons are those of the log in public.
var logReasons = map[string]string{
	"audit.entry-missing": "The log has no such entry.",
	"audit.sizes":         "The log proves this for whole numbers only, from 1 to its size, the smaller one first.",
}
