package form

// Reasons why a field was not accepted; each has its sentence in views/words.
const (
	Required    = "form.required"
	TooShort    = "form.too-short"
	TooLong     = "form.too-long"
	Characters  = "form.characters" // control characters, text direction tricks, broken encoding
	WrongEmail  = "form.email"
	WrongDate   = "form.date" // not a day of the calendar
	DateEarly   = "form.date.early"
	DateLate    = "form.date.late"
	WrongChoice = "form.choose"
	WrongNumber = "form.number"
	NumberRange = "form.number.range"
	WrongCode   = "form.country"
)

// Reasons lists every reason that this package gives.
func Reasons() []string {
	return []string{
		Required, TooShort, TooLong, Characters, WrongEmail, WrongDate, DateEarly, DateLate,
		WrongChoice, WrongNumber, NumberRange, WrongCode,
	}
}
