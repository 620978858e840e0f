package registers

import (
	"time"

	"truepenny/internal/errs"
)

// Kinds of parties.
const (
	Processor = "processor" // handles data for the operator
	Merchant  = "merchant"  // runs sites at which people can use what they enrolled
)

// Kinds is the closed list.
var Kinds = []string{Processor, Merchant}

// Party is somebody outside. Its name is that of a firm; what is written here is
// shown to everybody, with every earlier state.
type Party struct {
	ID        string
	Kind      string
	Name      string
	Does      string // what it does for the operator
	Data      string // what data it gets
	Country   string // ISO 3166-1, two letters
	Terms     string // what binds it
	Sites     int    // of a merchant
	BeganOn   string // day
	EndedOn   string // day; "" while it goes on
	ChangedBy string
	ChangedAt time.Time
	Version   int
}

// Current reports whether it has not ended yet.
func (p Party) Current(now time.Time) bool {
	return p.EndedOn == "" || p.EndedOn > now.UTC().Format(time.DateOnly)
}

const mostSites = 100_000

func (p *Party) check() error {
	fields := map[string]string{}
	wrong := func(field, reason string) {
		if _, known := fields[field]; !known && reason != "" {
			fields[field] = reason
		}
	}
	wrong("kind", choice(p.Kind, Kinds))
	wrong("name", text(p.Name, shortText, true))
	wrong("does", text(p.Does, longText, true))
	wrong("data", text(p.Data, longText, true))
	wrong("country", country(p.Country))
	wrong("terms", text(p.Terms, longText, true))
	wrong("began", day(p.BeganOn, "", true))
	wrong("ended", day(p.EndedOn, "", false))
	if p.EndedOn != "" && p.EndedOn < p.BeganOn {
		wrong("ended", "party.ended-before")
	}
	if p.Sites < 0 || p.Sites > mostSites {
		wrong("sites", "form.number.range")
	}
	if p.Kind == Processor {
		p.Sites = 0
	}
	return errs.Fields(fields)
}

// Version is one state that a party's entry has had.
type Version struct {
	Party
	At time.Time
}
