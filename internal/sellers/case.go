package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Case is everything a case page needs. Building one is a look at a person's
// data and leaves an entry that the person can read.
type Case struct {
	Application Application
	Zone        []string   // lines of the machine-readable zone, where one was read
	Appeal      string     // the person's words, "" when there is no appeal
	Fields      []Field    // read from the document and corrected by the person
	Evidence    []Evidence // of all rounds that are still kept, newest round first
	Captures    []Capture
	Checks      []Check   // of the current round
	Rechecked   time.Time // when some of them were repeated after a correction, zero when not
	Decisions   []DecisionRecord
	History     []Event // newest first
	Looks       []Event // who looked at what, newest first
	Connection  string  // why the actor may not decide: reason id, "" when they may
	Holder      string  // staff id of who holds it now
	Previous    *QueueRow
}

// Event is one line of an application's history, in codes that pages turn into
// words.
type Event struct {
	Index   int64
	At      time.Time
	Action  string // "application.submitted", "vault.opened" ...
	By      audit.Kind
	ActorID string // empty in the person's own timeline: they see the role
	Role    string
	Reason  string
	Purpose string
	Details map[string]string
	Times   int // how many equal looks in a row this line stands for
}

// Case returns everything a case page needs. Opening it is recorded, with the
// sealed readings and comparisons that it shows; pictures are opened one by one.
// For somebody connected to the person it comes without them, without birth,
// address, appeal and decisions, and Connection says why.
func (s *Service) Case(ctx context.Context, actor audit.Actor, id string) (Case, error) {
	if err := reviewerOnly(actor); err != nil {
		return Case{}, err
	}
	app, err := s.readCase(ctx, id)
	if err != nil {
		return Case{}, err
	}
	reason, _, err := s.connection(ctx, actor, app)
	if err != nil {
		return Case{}, err
	}
	c := Case{Application: app, Holder: app.Claimed(s.clock.Now(), s.Policy), Connection: reason}
	entry := audit.Entry{Actor: actor, Action: "case.opened", Subject: app.Subject(), Person: app.AccountID, Reason: lookReview}
	if err := s.log.Record(ctx, entry, nothing); err != nil {
		return Case{}, err
	}
	if reason != "" { // what the list shows of it, and no more
		c.Application.BirthDate, c.Application.Address = "", Address{}
	} else if err := s.openCase(ctx, actor, &c); err != nil {
		return Case{}, err
	}
	return c, s.tellHistory(ctx, &c)
}

// lookReview is the reason of looks that a case page makes by itself.
const lookReview = "case.review"

// openCase fills in what was decided and said, and what is sealed.
func (s *Service) openCase(ctx context.Context, actor audit.Actor, c *Case) error {
	var err error
	if c.Decisions, err = s.decisionsOf(ctx, c.Application.ID); err != nil {
		return err
	}
	if c.Appeal, err = s.appealWords(ctx, c.Application.ID); err != nil {
		return err
	}
	if c.Application.PreviousID != "" {
		if c.Previous, err = s.caseRow(ctx, c.Application.PreviousID); err != nil {
			return err
		}
	}
	if c.Fields, c.Zone, err = s.caseFields(ctx, actor, c.Application); err != nil {
		return err
	}
	if c.Evidence, err = s.evidenceOf(ctx, c.Application); err != nil {
		return err
	}
	kept, err := s.disputed(ctx, c.Application)
	if err != nil {
		return err
	}
	c.Evidence = sent(c.Application, withCopies(c.Evidence, kept))
	if c.Checks, err = s.checksOf(ctx, c.Application.ID, c.Application.Round); err != nil {
		return err
	}
	if c.Captures, err = s.capturesOf(ctx, actor, c.Application); err != nil {
		return err
	}
	return s.openCompared(ctx, actor, c.Application, c.Checks)
}

func (s *Service) caseFields(ctx context.Context, actor audit.Actor, app Application) ([]Field, []string, error) {
	fields, best, err := s.fieldsOf(ctx, actor, app, lookReview)
	if best == nil || err != nil {
		return fields, nil, err
	}
	return fields, best.Lines, nil
}

// openCompared fills in what the checks compared, one look for each purpose.
func (s *Service) openCompared(ctx context.Context, actor audit.Actor, app Application, checks []Check) error {
	for _, purpose := range []vault.Purpose{privacy.PurposeDocuments, privacy.PurposeFace} {
		var items []string
		for _, c := range checks {
			if c.item != "" && c.Kind.purpose() == purpose {
				items = append(items, c.item)
			}
		}
		plain, err := s.openJSON(ctx, actor, app.AccountID, items, purpose, lookReview)
		if err != nil {
			return err
		}
		for i, c := range checks {
			if body, found := plain[c.item]; found && c.item != "" {
				if err := json.Unmarshal(body, &checks[i].Compared); err != nil {
					return fmt.Errorf("check %s: %w", c.Kind, err)
				}
			}
		}
	}
	return nil
}

// tellHistory splits the log into what happened and who looked.
func (s *Service) tellHistory(ctx context.Context, c *Case) error {
	events, err := s.eventsOf(ctx, c.Application)
	for _, e := range events {
		if isLook(e.Action) || e.Action == "case.opened" {
			c.Looks = append(c.Looks, e)
			continue
		}
		if e.Action == actionRechecked && c.Rechecked.IsZero() && e.Details["round"] == strconv.Itoa(c.Application.Round) {
			c.Rechecked = e.At // they come newest first
		}
		if e.Action != "application.details-saved" {
			c.History = append(c.History, e)
		}
	}
	return err
}
