package words

// MailErased tells somebody that everything of them is deleted.
func MailErased(link string) (subject, text string) {
	return "Your data is deleted", `Everything we held of you is deleted, as you asked.

Here is the receipt: ` + link + `

It says what was deleted, when, and what the law makes us keep a while longer, with the day on which that goes too. Keep the file: anybody can check it without us.

We used your address for this letter and have forgotten it now. If you did not ask for this, answer this mail: we cannot bring the data back, but we want to know.
`
}

// MailErasedLate tells somebody that what they had asked to be deleted, and a
// legal hold had kept, is deleted now.
func MailErasedLate(label, link string) (subject, text string) {
	return "What you asked us to delete is deleted: " + label, `A claim or an order had kept us from deleting what you asked for in your request ` + label + `. That has ended, and it is deleted now.

Here is the receipt: ` + link + `

It says what was deleted and when. Keep the file: anybody can check it without us.
`
}

// erasureReasons are the sentences of errors about deleting and holding.
var erasureReasons = map[string]string{
	"erasure.unknown":    "There is nothing to delete under this name.",
	"erasure.own":        "What is held of a person is deleted by themselves, signed in, or by a privacy officer.",
	"receipt.unknown":    "There is no receipt under this address. One for something that the law makes us keep appears on the day it is deleted.",
	"hold.unknown":       "There is no such legal hold.",
	"hold.role":          "Only privacy officers, leads and administrators can hold data.",
	"hold.second-person": "You proposed this hold, so somebody else has to confirm it.",
	"hold.state":         "This hold is confirmed, lifted or over already.",
	"hold.past":          "Please choose a day that is still to come.",
	"hold.too-long":      "A hold lasts a year at most. Propose it again before it ends if it is still needed.",
	"hold.court-only":    "What is measured of a body is held by order of a court alone.",
}
