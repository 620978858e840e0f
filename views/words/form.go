package words

// formReasons are the sentences for fields that package form did not accept and
// that no general sentence covers.
var formReasons = map[string]string{
	"form.invalid":      "Please check the fields that are marked.",
	"form.too-short":    "This is too short.",
	"form.characters":   "This holds characters that cannot be shown. Please type it again instead of pasting it.",
	"form.date.early":   "This day is too long ago.",
	"form.date.late":    "This day is too late.",
	"form.number.range": "This number is too small or too large.",
	"form.country":      "Please choose a country from the list.",
}

// trustReasons are the sentences of vault, mail, rate limits and background work.
var trustReasons = map[string]string{
	"vault.gone":    "This was deleted, or its time is over. It cannot be brought back.",
	"vault.purpose": "This was given for another purpose and stays closed for this one. The attempt was noted.",
	"vault.held":    "This is kept for a legal matter and cannot be deleted before that ends.",
	"mail.address":  "This does not look like an e-mail address, such as name@example.org.",
	"mail.subject":  "This text cannot be the subject of a mail.",
	"mail.text":     "This text is too long for a mail.",
	"rate.limited":  "That was many tries in a short time. Please wait a little and try again.",
	"job.unknown":   "This piece of background work is not known any more.",
	"job.not-dead":  "This piece of background work is still being tried.",
}
