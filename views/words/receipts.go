package words

// MailErased tells somebody that everything of them is deleted.
func MailErased(link string) (subject, text string) {
	return "Your data is deleted", `Everything we held of you is deleted, as you asked.

Here is the receipt: ` + link + `

It says what was deleted, when, and what the law makes us keep a while longer, with the day on which that goes too. Keep the file: anybody can check it without us.

We used your address for this letter and have forgotten it now. If you did not ask for this, answer this mail: we cannot bring the data back, but we want to know.
`
}
