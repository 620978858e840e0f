package refusals

import (
	"slices"

	"truepenny/internal/privacy"
)

// Search is the statement of who may search by face: nobody outside may, and
// these are all places where a picture goes in, with what comes back. It is
// given out as JSON; policeSearch holds the program to it.
type Search struct {
	Places   []Place  `json:"places_that_take_pictures"`
	Commands []string `json:"commands_on_labelled_sets"`
}

// Place is a route that takes pictures.
type Place struct {
	Route   string   `json:"route"`
	Who     []string `json:"who"`
	Answers string   `json:"answers_with"` // code, see answersWith
}

// What comes back from a place that takes pictures.
const (
	ownApplication = "own-application" // what the sender may see of their own application
	ownSet         = "labelled-set"    // that a set for measuring errors was taken
)

// answersWith lists every route that may take pictures by its name. One that is
// not here, or that somebody else may reach, fails the check.
var answersWith = map[string]struct {
	answer string
	who    []string
}{
	"applications.document.add":    {ownApplication, []string{"seller"}},
	"applications.paper.add":       {ownApplication, []string{"seller"}},
	"applications.captures.finish": {ownApplication, []string{"seller"}},
	"lab.set.add":                  {ownSet, []string{"administrator", "lead"}},
}

// onSets are the commands with "identify" or "search" in them: they measure
// errors on folders of labelled pictures and open no database.
var onSets = []string{"lab identify"}

// searching are the words of what would search.
var searching = []string{"search", "identify", "identification", "lookup", "recognise", "recognize", "match", "gallery", "watchlist", "suspect", "police", "law enforcement"}

// policeSearch holds that no route, command or role takes a face and returns
// people.
func policeSearch(l *look) {
	l.need(&l.seen.Routes, "routes", len(l.Routes))
	for _, r := range l.Routes {
		listed, known := answersWith[r.Name]
		takes := r.Takes && r.Method != "GET"
		switch {
		case takes && !known:
			l.find("route", r.Method+" "+r.Path)
		case takes && !slices.Equal(r.Who, listed.who):
			l.find("route", r.Method+" "+r.Path)
		case !known && named(r.Path+" "+r.Name, searching):
			l.find("route", r.Method+" "+r.Path)
		}
	}
	l.need(&l.seen.Commands, "commands", len(l.Commands))
	for _, c := range l.Commands {
		if named(c, searching) && !slices.Contains(onSets, c) {
			l.find("command", c)
		}
	}
	for _, role := range l.Roles {
		if named(role, []string{"police", "officer of the law", "government", "guest", "outsider"}) {
			l.find("role", role)
		}
	}
	l.schema("watchlist", "suspect", "mugshot", "wanted")
	l.never("police-search", true)
	l.purposes(func(p privacy.Purpose) string {
		if named(string(p.ID)+" "+p.Why, []string{"police", "watchlist"}) {
			return string(p.ID)
		}
		return ""
	})
}

// statement is the search statement of a program.
func statement(p Program) Search {
	s := Search{Places: []Place{}, Commands: []string{}}
	for _, r := range p.Routes {
		if r.Takes && r.Method != "GET" {
			s.Places = append(s.Places, Place{r.Method + " " + r.Path, r.Who, answersWith[r.Name].answer})
		}
	}
	for _, c := range p.Commands {
		if slices.Contains(onSets, c) {
			s.Commands = append(s.Commands, c)
		}
	}
	return s
}
