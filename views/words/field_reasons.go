package words

// fieldReasons are the sentences beside a field that services check themselves.
var fieldReasons = map[string]string{
	"field.required":   "Please fill this in.",
	"field.choice":     "Please choose one.",
	"field.too-long":   "This is longer than we can keep.",
	"field.too-short":  "Please write a little more: at least 10 characters.",
	"field.characters": "This holds characters that we cannot keep. Please type it again instead of pasting it.",
	"field.email":      "This does not look like an e-mail address, such as name@example.org.",
	"date.invalid":     "This is not a day in the calendar.",
	"date.future":      "This day lies in the future.",
	"date.past":        "This day is too long ago.",
}
