package registers

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"truepenny/internal/errs"
)

// Demand is one legal demand for data, or for a search. It names nobody: the
// sender's file number ties it to the letter, which lies elsewhere.
type Demand struct {
	ID          string
	Number      int64
	ReceivedOn  string // day, 2026-11-21
	Sender      string // one of Senders
	Country     string // ISO 3166-1, two letters
	Reference   string // the sender's file number; never a name
	Scope       string // one of Scopes
	People      int    // whom it concerns
	Outcome     string // one of Outcomes
	AnsweredOn  string // day; "" while Open
	Told        string // one of Tellings
	GaggedUntil string // day; with Told "gagged"
	Note        string // for those who work here
	EnteredBy   string
	EnteredAt   time.Time
	ChangedBy   string
	ChangedAt   time.Time
	ConfirmedBy string // the second person, where data was given out
	ConfirmedAt time.Time
	Version     int // of the form that is saved; 0 for a new one
}

// Closed lists of a demand.
var (
	Senders  = []string{"police", "prosecutor", "court", "intelligence", "tax", "regulator", "civil-party", "other"}
	Scopes   = []string{"account", "documents", "face-pictures", "everything", "many-people", "face-search"}
	Outcomes = []string{Open, "refused", "nothing-held", "partly", "given"}
	Tellings = []string{"not-yet", "told", "gagged", "nobody"}
)

// Values that rules depend on.
const (
	Open       = "open"
	gagged     = "gagged"
	faceSearch = "face-search"
)

// Gives reports whether data left: that needs a second person.
func (d Demand) Gives() bool { return d.Outcome == "given" || d.Outcome == "partly" }

// Waits reports whether a second person still has to confirm the answer.
func (d Demand) Waits() bool { return d.Gives() && d.ConfirmedBy == "" }

// Gagged reports whether nobody may be told yet.
func (d Demand) Gagged(now time.Time) bool {
	return d.Told == gagged && d.GaggedUntil >= now.UTC().Format(time.DateOnly)
}

// GagOver reports whether the people can be told now and were not.
func (d Demand) GagOver(now time.Time) bool { return d.Told == gagged && !d.Gagged(now) }

const (
	mostPeople = 10_000_000
	shortText  = 120
	longText   = 1000
)

// check refuses what the register cannot hold. A demand to search by face is
// never answered with data: there is nothing here that could do it.
func (d *Demand) check(now time.Time) error {
	fields := map[string]string{}
	wrong := func(field, reason string) {
		if _, known := fields[field]; !known && reason != "" {
			fields[field] = reason
		}
	}
	today := now.UTC().Format(time.DateOnly)
	wrong("received", day(d.ReceivedOn, today, true))
	wrong("sender", choice(d.Sender, Senders))
	wrong("scope", choice(d.Scope, Scopes))
	wrong("outcome", choice(d.Outcome, Outcomes))
	wrong("told", choice(d.Told, Tellings))
	wrong("country", country(d.Country))
	wrong("reference", text(d.Reference, shortText, false))
	wrong("note", text(d.Note, longText, false))
	if d.People < 0 || d.People > mostPeople {
		wrong("people", "form.number.range")
	}
	if d.Outcome == Open {
		d.AnsweredOn = ""
	} else {
		wrong("answered", day(d.AnsweredOn, today, true))
		if d.AnsweredOn < d.ReceivedOn {
			wrong("answered", "demand.answered-before")
		}
	}
	if d.Scope == faceSearch && d.Gives() {
		wrong("outcome", "demand.no-search")
	}
	if d.Told == gagged {
		wrong("gagged", day(d.GaggedUntil, "", true))
	} else {
		d.GaggedUntil = ""
	}
	return errs.Fields(fields)
}

// day checks a day; one after latest (where given) lies in the future.
func day(value, latest string, required bool) string {
	switch {
	case value == "" && required:
		return "field.required"
	case value == "":
		return ""
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return "date.invalid"
	}
	if latest != "" && value > latest {
		return "date.future"
	}
	return ""
}

func choice(value string, list []string) string {
	if !slices.Contains(list, value) {
		return "field.choice"
	}
	return ""
}

func country(value string) string {
	if len(value) != 2 || strings.ToUpper(value) != value || strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "field.choice"
	}
	return ""
}

func text(value string, most int, required bool) string {
	switch {
	case value == "" && required:
		return "field.required"
	case utf8.RuneCountInString(value) > most:
		return "field.too-long"
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return "field.characters"
	}
	return ""
}
