package words

import "strings"

// Words of the register of refusals.
const (
	RefusalsTitle = "What we refuse to do, and the check that proves it"
	RefusalsLead  = "Each line is tested on the running program: its table of routes, the tables and columns of its database, the pages it really sends, its list of purposes and the networks it has loaded. The tests run every day and whenever the program starts. A page about one case or one person is asked for with a number that nobody has, so of such a page the headers are tested and the form is not; what a form keeps needs a place in the database, and the names of those are tested. A test can fail; it is then shown here as failing, and the administrators are told."

	RefusalHolds    = "Holds"
	RefusalFails    = "Does not hold"
	RefusalUnknown  = "Not checked yet"
	RefusalLate     = "The check should have run again since. What stands here may be old."
	RefusalExamined = "Looked at"
	RefusalWhen     = "Last check"
	RefusalSince    = "So since"
	RefusalFound    = "What was found"
	RefusalHistory  = "Earlier results"
	RefusalWhat     = "What is tested"

	SearchTitle = "Who may search by face"
	SearchText  = "Nobody outside: no police, no authority, no other firm. That is not a promise to be kept by somebody, it is how the program is built. No page, no command and no interface takes a face and gives back people. These are all the places where a picture goes in, and what comes back from each."
	SearchTable = "Places that take pictures"
	SearchRoute = "Place"
	SearchWho   = "Who may send"
	SearchBack  = "What comes back"
	SearchLab   = "Commands that compare faces, on folders of labelled pictures only: they measure errors and open no database."
)

// refusal is one refusal in words.
type refusal struct{ title, text, test string }

var refusals = map[string]refusal{
	"advertising": {"No advertising, no sale",
		"Nothing you give here is used to advertise to you, to recommend things, or is sold.",
		"No purpose on the closed list is advertising or sale, and every purpose rules both out by name. No table, column, route, form field or command is named after them."},
	"face-palm": {"Faces and palms are never joined",
		"What is known of a face and what is known of a palm lie under different keys. Nobody can put them together, also not we.",
		"Every key of face pictures is tried on everything sealed for palms, and the other way round; nothing may open. No table holds both, no purpose uses both."},
	"police-search": {"No search by face for police or anybody outside",
		"No page, command or interface takes a face and gives back people.",
		"Every route that takes pictures stands on a closed list with who may send and what comes back; a new one fails this test until it is on the list. Routes, commands, roles and tables are searched for what would search."},
	"face-payment": {"Nobody pays with their face",
		"A face is looked at once, to see that you are the person on your document. It is never a means of payment.",
		"No purpose that uses a face is about paying, no table holds both faces and payments, no route leads from one to the other."},
	"voiceprints": {"No voiceprints",
		"Nobody is recognised by voice, and no page can listen.",
		"Every page that the program sends shuts the microphone off in the browser. No table, column or route is about voices; no loaded network gives one."},
	"emotion": {"No guessing of feelings",
		"No machine here says how you feel, what your mood is or whether you are nervous. The prompt to smile is checked for movement only.",
		"Every loaded network stands on a list with what it gives back; none gives feelings. No table or column could hold one; every purpose that measures a body rules it out."},
	"training": {"No training of machines on your data",
		"Pictures and documents that you send are not used to teach a machine anything.",
		"Every purpose rules training out by name. No route and no command takes people's data out for training."},
	"incentives": {"No reward for giving your face or palm",
		"There is no credit, discount or gift for agreeing, because a yes that is bought is not free.",
		"No table, column, form field or route is about rewards, credits, vouchers or referrals."},
	"staff-webcam": {"No webcam, no screen, no score of staff",
		"Those who work here are not filmed, their screens are not recorded, and nothing counts how busy they look.",
		"Every page for staff is asked for, as staff of every role: each must shut off camera, microphone and screen capture in the browser. No table or column could hold what they would give."},
	"key-content": {"Never what is typed",
		"Which keys are pressed, what is typed and what is copied is not recorded.",
		"No table, column or form field could hold keys, typed text or the clipboard."},
	"wearables": {"No wearables, no places",
		"No heart rate, no wristband, no position of anybody.",
		"Every page shuts off position and connected devices in the browser. No table or column could hold what they would give."},
	"family-medical": {"No families, no medical data",
		"Nothing is asked about families, children, health or beliefs, of sellers or of staff.",
		"No table, column or form field is about them."},
	"polygraph": {"No lie detector",
		"Nobody is tested for truthfulness by machine.",
		"No table, column, route or form field is about it."},
	"knowledge-questions": {"No questions that only you should know",
		"A mother's maiden name or an old house number proves nothing: others know it too. Such questions are never a proof here.",
		"No form field, table or column holds such questions or answers."},
	"third-party-scripts": {"Nothing from anybody else on our pages",
		"No script, font, picture or tracking pixel of another site.",
		"Pages are asked for as a visitor, a seller and staff: every address that they load from must be our own, and their content policy must allow nothing else."},
}

// RefusalTitle names a refusal.
func RefusalTitle(code string) string {
	if r, known := refusals[code]; known {
		return r.title
	}
	return code
}

// RefusalText says what is refused, RefusalTest how it is tested.
func RefusalText(code string) string { return refusals[code].text }
func RefusalTest(code string) string { return refusals[code].test }

// RefusalSeen says how much was looked at: "112 routes, 46 tables, 391 columns".
func RefusalSeen(routes, commands, pages, fields, tables, columns, purposes, networks, joins int) string {
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, Count(n, one, many))
		}
	}
	add(joins, "attempt to join, with every key there is", "attempts to join, with every key there is")
	add(routes, "route", "routes")
	add(commands, "command", "commands")
	add(pages, "page that opened", "pages that opened")
	add(fields, "form field", "form fields")
	add(tables, "table", "tables")
	add(columns, "column", "columns")
	add(purposes, "purpose", "purposes")
	add(networks, "network", "networks")
	return strings.Join(parts, ", ")
}

// RefusalFinding says what broke a refusal.
func RefusalFinding(where, what string) string {
	switch where {
	case "nothing":
		return "There was nothing to look at: " + what + ". A test that saw nothing has shown nothing."
	case "join":
		return "A key of one kind opened what was sealed for the other."
	}
	return upperFirst(where) + " " + what
}

// RefusalMore says how many findings were left out.
func RefusalMore(n int) string { return "and " + Number(n) + " more" }

// SearchWhoName names who may send pictures to a place.
func SearchWhoName(who []string) string {
	names := make([]string, len(who))
	for i, w := range who {
		switch w {
		case "seller":
			names[i] = "a signed-in seller, for their own application"
		case "anyone":
			names[i] = "anybody"
		default:
			names[i] = RoleName(w)
		}
	}
	return strings.Join(names, ", ")
}

// SearchAnswer says what comes back from a place that takes pictures.
func SearchAnswer(code string) string {
	switch code {
	case "own-application":
		return "Where their own application stands"
	case "labelled-set":
		return "That a set of labelled pictures was taken, to measure errors on"
	}
	return "Not on the list: the test fails"
}

// RefusalsTally says how many hold.
func RefusalsTally(hold, all int) string {
	if hold == all {
		return "All " + Number(all) + " hold."
	}
	return Number(hold) + " of " + Number(all) + " hold."
}
