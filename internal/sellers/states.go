package sellers

import (
	"slices"

	"truepenny/internal/errs"
)

// State says where an application stands.
type State string

const (
	Draft     State = "draft"     // the person is filling it in
	Analysing State = "analysing" // sent; the machine checks run
	Waiting   State = "waiting"   // for a person to decide
	Second    State = "second"    // a refusal awaits a second person
	Asked     State = "asked"     // the person was asked for something again
	Approved  State = "approved"
	Refused   State = "refused"
	Cancelled State = "cancelled" // by the person
)

// States lists every state in the order of an application's life.
var States = []State{Draft, Analysing, Waiting, Second, Asked, Approved, Refused, Cancelled}

// moves is the whole state machine; a move that is not here is a Conflict.
// From "analysing" there is no way to a refusal: a machine never says no.
var moves = map[State][]State{
	Draft:     {Analysing, Cancelled},
	Analysing: {Waiting, Asked, Cancelled},                     // asked: consent withdrawn, so the second paper is needed
	Waiting:   {Approved, Second, Asked, Cancelled, Analysing}, // analysing: details were corrected
	Second:    {Refused, Waiting, Asked, Cancelled, Analysing},
	Asked:     {Analysing, Cancelled},
	Refused:   {Waiting}, // an appeal
}

// CanMove reports whether an application may go from one state to another.
func CanMove(from, to State) bool { return slices.Contains(moves[from], to) }

// Open reports whether the application still needs somebody to do something.
func (s State) Open() bool { return len(moves[s]) > 0 && s != Refused }

// Editable reports whether the person may change evidence and details.
func (s State) Editable() bool { return s == Draft || s == Asked }

// TakesPapers reports whether the person may add a paper: also while the case
// waits, for people who think of something that helps.
func (s State) TakesPapers() bool { return s.Editable() || s == Waiting || s == Second }

// Decidable reports whether a first decision may be taken.
func (s State) Decidable() bool { return s == Waiting }

// move changes the state or says why not: Conflict "application.state".
func (a *Application) move(to State) error {
	if !CanMove(a.State, to) {
		return errs.New(errs.Conflict, "application.state")
	}
	a.State = to
	return nil
}
