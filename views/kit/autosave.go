package kit

import (
	"github.com/a-h/templ"

	"truepenny/views/words"
)

// Autosave are the attributes of a form that keeps its answers as they are
// given, by posting its fields to url with the header "X-Autosave: 1". The
// server answers 2xx without a page and asks for nothing that is still missing.
func Autosave(url string) templ.Attributes {
	return templ.Attributes{
		"data-module":     "autosave",
		"data-autosave":   url,
		"data-word-saved": words.AutosaveSaved,
		"data-word-wait":  words.AutosaveWait,
	}
}
