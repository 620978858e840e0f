package words

import (
	"fmt"
	"maps"
	"strings"
)

// Reasons is the sentence for every reason id that an error, a finding or a
// check may carry. Each feature's file holds its own map, named here once.
var Reasons = merge(
	generalReasons,
	formReasons,
	trustReasons,
	signInReasons,
	sellerReasons,
	livenessReasons,
	fieldReasons,
	reviewReasons,
	labReasons,
	experimentReasons,
	deskReasons,
	erasureReasons,
	logReasons,
	myDataReasons,
	opennessReasons,
)

// generalReasons are those that belong to no feature.
var generalReasons = map[string]string{
	"internal":           "Something went wrong on our side. What you entered is safe; please try again in a moment.",
	"page.missing":       "There is no page at this address.",
	"request.unreadable": "This address holds signs that no text has. Please follow a link of ours, or write it again.",
	"request.foreign":    "This came from another site, so we did not take it. Please use the form on our own page.",
	"request.too-large":  "This is larger than we can take.",
	"demo.unknown":       "There is no such demo person.",
	"not-found":          "There is nothing at this address, or it is not yours to see.",
	"forbidden":          "Your account may not do this.",
	"unauthenticated":    "You are not signed in, or no longer, so this was not done. What was saved before is still there. Sign in, then do it again.",
	"method":             "This address does not take that kind of request.",
	"form.unreadable":    "We could not read what was sent. Please go back, check and send it again.",
	"form.required":      "Please fill this in.",
	"form.too-long":      "This is longer than we can keep.",
	"form.choose":        "Please choose one.",
	"form.email":         "This does not look like an e-mail address, such as name@example.org.",
	"form.date":          "This is not a day in the calendar.",
	"form.date.future":   "This day lies in the future.",
	"form.date.past":     "This day lies in the past.",
	"form.number":        "Please write a number here.",
	"upload.missing":     "No picture arrived. Please choose one and send it again.",
	"upload.too-large":   "This file is larger than we can take. A photo from a phone is always small enough.",
	"upload.unsupported": "We could not read this file. Please send a JPEG, PNG or WebP picture.",
	"upload.again":       "We already have this one. Nothing was sent twice.",
	"rate.wait":          "That was many tries in a short time. Please wait a little and try again.",
	"offline":            "You are offline. What you wrote stays on this page: send it again when the connection is back.",
}

// Reason is the sentence for a reason id. An id that nobody has worded gives a
// general sentence that names the id, so that the person has something to
// quote; a test of the errors in use keeps that from happening.
func Reason(id string) string {
	if sentence, ok := Reasons[id]; ok {
		return sentence
	}
	return fmt.Sprintf("This did not work (%s). Please try again, or tell us this reference.", id)
}

// merge joins the features' maps; an id worded twice is a mistake that the
// first test run shows.
func merge(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	var twice []string
	for _, part := range parts {
		for id := range part {
			if _, ok := all[id]; ok {
				twice = append(twice, id)
			}
		}
		maps.Copy(all, part)
	}
	if len(twice) > 0 {
		panic("words: reason worded twice: " + strings.Join(twice, ", "))
	}
	return all
}
