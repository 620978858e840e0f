package sellers

import (
	"context"
	"maps"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
)

// StepName is a step of the applicant's way.
type StepName string

const (
	StepDetails  StepName = "details"
	StepRoad     StepName = "road"
	StepDocument StepName = "document"
	StepCapture  StepName = "capture" // on the face road
	StepPaper    StepName = "paper"   // on the road on documents
	StepSend     StepName = "send"
)

// Progress tells which steps are done and what is next.
type Progress struct {
	Steps []ProgressStep // in order; the fourth depends on the road
	Next  StepName       // the first that is not done
	Ready bool           // everything but sending is done
	Items []Item         // what was asked for again and has not come yet
}

// ProgressStep is one step of the way.
type ProgressStep struct {
	Name StepName
	Done bool
	Todo []string // codes of what is missing: field names, "front", "back", "consent" ...
}

// Progress tells the person which steps are done and what is next.
func (s *Service) Progress(ctx context.Context, actor audit.Actor, id string) (Progress, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Progress{}, err
	}
	return s.progressOf(ctx, app)
}

func (s *Service) progressOf(ctx context.Context, app Application) (Progress, error) {
	evidence, err := s.evidenceOf(ctx, app)
	if err != nil {
		return Progress{}, err
	}
	consent, _, err := s.consents.Current(ctx, app.AccountID, privacy.PurposeFace)
	if err != nil {
		return Progress{}, err
	}
	decisions, err := s.decisionsOf(ctx, app.ID)
	if err != nil {
		return Progress{}, err
	}
	return progress(app, evidence, consent, asked(app, decisions), s.clock.Now()), nil
}

// asked lists what the latest decision asks for, while the application waits
// for it.
func asked(app Application, decisions []DecisionRecord) []Item {
	if app.State != Asked {
		return nil
	}
	for _, d := range decisions {
		if d.Kind == Ask && d.Standing == Final && d.Round == app.Round {
			return d.Items
		}
	}
	return nil
}

// progress works the steps out from what is there. What was asked for again
// counts as missing until it came after the asking.
func progress(app Application, evidence []Evidence, consent privacy.Consent, again []Item, now time.Time) Progress {
	missing := stillMissing(app, evidence, again)
	todo := map[StepName][]string{
		StepDetails:  detailsTodo(app, missing, now),
		StepRoad:     roadTodo(app, consent, evidence, missing),
		StepDocument: documentTodo(app, evidence, missing),
	}
	last := StepCapture
	if app.Road == RoadDocuments {
		last = StepPaper
	}
	todo[last] = lastTodo(last, evidence, missing)
	p := Progress{Items: missing, Ready: true}
	for _, name := range []StepName{StepDetails, StepRoad, StepDocument, last} {
		step := ProgressStep{Name: name, Done: len(todo[name]) == 0, Todo: todo[name]}
		p.Steps = append(p.Steps, step)
		if !step.Done {
			p.Ready = false
			if p.Next == "" {
				p.Next = name
			}
		}
	}
	sent := app.State != Draft && app.State != Asked
	p.Steps = append(p.Steps, ProgressStep{Name: StepSend, Done: sent})
	if p.Next == "" && !sent {
		p.Next = StepSend
	}
	return p
}

func stillMissing(app Application, evidence []Evidence, again []Item) []Item {
	var out []Item
	for _, item := range again {
		came := item == ItemDetails && app.detailsRound > app.Round
		for _, e := range evidence {
			came = came || e.Round > app.Round && e.answers(item)
		}
		// The capture cannot come any more when its road was left; the paper stands in.
		if item == ItemCapture && app.Road == RoadDocuments {
			came = true
		}
		if !came {
			out = append(out, item)
		}
	}
	return out
}

// answers reports whether evidence is what an item asks for.
func (e Evidence) answers(item Item) bool {
	switch item {
	case ItemFront:
		return e.Kind == EvidenceDocument && e.Side == Front
	case ItemBack:
		return e.Kind == EvidenceDocument && (e.Side == Back || len(e.DocumentKind.Sides()) == 1)
	case ItemCapture:
		return e.Kind == EvidenceFrame
	case ItemPaper:
		return e.Kind == EvidencePaper
	}
	return false
}

func detailsTodo(app Application, missing []Item, now time.Time) []string {
	wrong := app.Details.validate(now)
	if len(wrong) == 0 && (app.detailsRound == 0 || slices.Contains(missing, ItemDetails)) {
		return []string{"confirm"}
	}
	return slices.Sorted(maps.Keys(wrong))
}

// roadTodo asks for a consent on the face road. One to an older notice does for
// the pictures that were taken under it, not for new ones.
func roadTodo(app Application, consent privacy.Consent, evidence []Evidence, missing []Item) []string {
	switch {
	case app.Road == NoRoad:
		return []string{"road"}
	case app.Road != RoadFace || consent.Counts():
		return nil
	case consent.Given() && len(lastTodo(StepCapture, evidence, missing)) == 0:
		return nil
	}
	return []string{"consent"}
}

func documentTodo(app Application, evidence []Evidence, missing []Item) []string {
	if len(app.DocumentKind.Sides()) == 0 {
		return []string{"kind"}
	}
	var todo []string
	for _, side := range app.DocumentKind.Sides() {
		there := slices.ContainsFunc(evidence, func(e Evidence) bool {
			return e.Kind == EvidenceDocument && e.Side == side && e.DocumentKind == app.DocumentKind
		})
		item := ItemFront
		if side == Back {
			item = ItemBack
		}
		if !there || slices.Contains(missing, item) {
			todo = append(todo, string(side))
		}
	}
	return todo
}

func lastTodo(step StepName, evidence []Evidence, missing []Item) []string {
	kind, item := EvidenceFrame, ItemCapture
	if step == StepPaper {
		kind, item = EvidencePaper, ItemPaper
	}
	there := slices.ContainsFunc(evidence, func(e Evidence) bool { return e.Kind == kind })
	if !there || slices.Contains(missing, item) {
		return []string{string(item)}
	}
	return nil
}
