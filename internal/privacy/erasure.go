package privacy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
)

// finishJob finishes an erasure that was interrupted, or that waited for a hold.
const finishJob = "privacy.finish-erasure"

// finishAfter is when the job looks after an erasure that should be done by then.
const finishAfter = 20 * time.Second

// The states of an erasure, in their order; each is reached in a transaction, so
// that it goes on from there after a kill.
const (
	ErasureAsked     = "asked"
	ErasureHeld      = "held"           // until a legal hold ends
	ErasureDestroyed = "keys-destroyed" // what is sealed opens no more
	ErasureRemoved   = "removed"        // rows and items are gone; the receipt is being signed
	ErasureDone      = "done"
)

// Erasure is one deletion of what was held of a person.
type Erasure struct {
	ID        string
	Person    string           // "" once everything of them is gone
	Purpose   vault.Purpose    // "" for everything
	Occasion  receipt.Occasion // asked for, or by the clock
	State     string
	AskedAt   time.Time
	HeldUntil time.Time // while it is held: it goes on by itself then
	DoneAt    time.Time
	ReceiptID string // with what stays, and why; "" until everything is removed

	keys    []vault.DestroyedKey
	unknown bool // for a purpose that is not on the list of this program
}

// Preview says what an erasure would remove, and what not.
type Preview struct {
	Goes      []Holding
	Stays     []Kept
	HeldUntil time.Time // zero when no legal hold is in the way
}

// Keeper is a Source that must keep something after an erasure.
type Keeper interface {
	// Keeps tells what would stay if the person were erased at now.
	Keeps(ctx context.Context, person string, purpose vault.Purpose, now time.Time) ([]Kept, error)
}

// Farewell reads where somebody is to be written to while that is still known,
// and returns what sends them their receipt in the same transaction.
type Farewell func(tx *db.Tx, person string) (send func(receiptID string) error, err error)

// ErasureParts is what Erasures is built from. Farewell and Known may be nil.
type ErasureParts struct {
	Store    *db.Store
	Audit    *audit.Log
	Vault    *vault.Vault
	Jobs     *jobs.Queue
	Clock    clock.Clock
	Register *Register
	Holds    *Holds
	Signer   receipt.Signer
	Farewell Farewell
	Known    func(ctx context.Context, people []string) ([]string, error) // those of the people who have an account
}

// Erasures deletes what is held of people and says so in receipts.
type Erasures struct {
	store    *db.Store
	log      *audit.Log
	vault    *vault.Vault
	jobs     *jobs.Queue
	clock    clock.Clock
	register *Register
	holds    *Holds
	signer   receipt.Signer
	farewell Farewell
	known    func(ctx context.Context, people []string) ([]string, error)
	late     func(tx *db.Tx, done Erasure) error
	reached  func(state string) error // between two steps; tests stop here
}

// NewErasures makes the part and takes over its job. The vault and the holds
// learn of each other here.
func NewErasures(p ErasureParts) *Erasures {
	e := &Erasures{store: p.Store, log: p.Audit, vault: p.Vault, jobs: p.Jobs, clock: p.Clock, register: p.Register,
		holds: p.Holds, signer: p.Signer, farewell: p.Farewell, known: p.Known, reached: func(string) error { return nil },
		late: func(*db.Tx, Erasure) error { return nil }}
	p.Vault.Hold(p.Holds.Held)
	p.Register.held = p.Holds.Held
	p.Holds.ended = e.wake
	p.Jobs.Handle(finishJob, func(ctx context.Context, j jobs.Job) error {
		var id string
		if err := j.Decode(&id); err != nil {
			return err
		}
		_, err := e.complete(ctx, id)
		return err
	})
	return e
}

// AfterHold sets what is to happen, in the transaction that ends an erasure, when
// it had waited for a legal hold. Call it before anything runs.
func (e *Erasures) AfterHold(done func(tx *db.Tx, done Erasure) error) { e.late = done }

// VerifierKey is the public key with which anyone can check receipts.
func (e *Erasures) VerifierKey() string { return e.signer.VerifierKey() }

// Preview says what erasing a person's data for a purpose ("" for all of them)
// would remove, what the law makes us keep and until when.
func (e *Erasures) Preview(ctx context.Context, person string, purpose vault.Purpose) (Preview, error) {
	all, err := e.register.Describe(ctx, person)
	if err != nil {
		return Preview{}, err
	}
	var out Preview
	for _, h := range all {
		if purpose == "" || h.Purpose == purpose {
			out.Goes = append(out.Goes, h)
		}
	}
	for _, s := range e.register.sources {
		keeper, ok := s.(Keeper)
		if !ok {
			continue
		}
		kept, err := keeper.Keeps(ctx, person, purpose, e.clock.Now())
		if err != nil {
			return Preview{}, fmt.Errorf("what %s keeps: %w", s.Name(), err)
		}
		out.Stays = append(out.Stays, kept...)
	}
	out.Goes = slices.DeleteFunc(out.Goes, func(h Holding) bool {
		return slices.ContainsFunc(out.Stays, func(k Kept) bool { return k.What == h.What })
	})
	out.HeldUntil, _, err = e.holds.Until(ctx, nil, person, purpose)
	return out, err
}

// Erase removes what is held of a person for a purpose, or everything with "".
// It is done when it returns, with a receipt, unless a legal hold is in the way:
// then its state is ErasureHeld, what is not held is gone, and the rest follows by
// itself on HeldUntil. Interrupted, it is finished by a job that is queued with
// it. Only the person, somebody of the role privacy or the program itself may:
// anybody else is Forbidden "erasure.own".
func (e *Erasures) Erase(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (Erasure, error) {
	if err := mayErase(actor, person, purpose); err != nil {
		return Erasure{}, err
	}
	begun, found, err := readUnfinished(e.store.Reader(ctx), person, purpose)
	if err != nil {
		return Erasure{}, err
	}
	if found {
		return e.complete(ctx, begun.ID)
	}
	erasure := Erasure{ID: ids.New("era"), Person: person, Purpose: purpose, Occasion: receipt.Asked, State: ErasureAsked, AskedAt: e.clock.Now()}
	if err := e.begin(ctx, actor, erasure); err != nil {
		return Erasure{}, err
	}
	return e.complete(ctx, erasure.ID)
}

// EraseFor is Erase for those who need the receipt only; its id is "" while a
// hold is in the way.
func (e *Erasures) EraseFor(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (receiptID string, err error) {
	erasure, err := e.Erase(ctx, actor, person, purpose)
	return erasure.ReceiptID, err
}

func mayErase(actor audit.Actor, person string, purpose vault.Purpose) error {
	if _, known := PurposeOf(purpose); person == "" || (purpose != "" && !known) {
		return errs.New(errs.Invalid, "erasure.unknown")
	}
	own := actor.Kind == audit.KindSeller && actor.ID == person
	desk := actor.Kind == audit.KindStaff && hasRole(actor, "privacy")
	if !own && !desk && actor.Kind != audit.KindSystem {
		return errs.New(errs.Forbidden, "erasure.own")
	}
	return nil
}

// begin notes the erasure and queues the job that sees to its end.
func (e *Erasures) begin(ctx context.Context, actor audit.Actor, erasure Erasure) error {
	action := "privacy.erasure-asked"
	if erasure.Occasion == receipt.Expired {
		action = "privacy.erasure-due"
	}
	entry := erasure.entry(actor, action)
	return e.log.Record(ctx, entry, func(tx *db.Tx) error {
		if err := insertErasure(tx, erasure); err != nil {
			return err
		}
		_, err := e.jobs.Enqueue(tx, finishJob, erasure.ID, jobs.Options{RunAt: e.clock.Now().Add(finishAfter)})
		return err
	})
}

func (e Erasure) entry(actor audit.Actor, action string) audit.Entry {
	return audit.Entry{Actor: actor, Action: action, Subject: receipt.Subject(e.ID), Person: e.Person, Purpose: string(e.Purpose)}
}

// Of lists a person's erasures, newest first. Once everything of them is erased
// nothing leads from the person to it any more, only the address of the receipt.
func (e *Erasures) Of(ctx context.Context, person string) ([]Erasure, error) {
	if person == "" {
		return nil, nil
	}
	return listErasures(e.store.Reader(ctx).Where("person = ?", person))
}

// Get returns an erasure: NotFound "erasure.unknown" when there is none.
func (e *Erasures) Get(ctx context.Context, id string) (Erasure, error) {
	return readErasure(e.store.Reader(ctx), id)
}

// Receipt is a receipt that was signed and checked.
type Receipt struct {
	receipt.Checked
	file []byte
}

// File is the receipt as it is handed out, for `truepenny verify receipt`.
func (r Receipt) File() []byte { return slices.Clone(r.file) }

// Receipt returns a receipt by its id: NotFound "receipt.unknown", also while it
// is not signed yet.
func (e *Erasures) Receipt(ctx context.Context, id string) (Receipt, error) {
	row, found, err := readReceipt(e.store.Reader(ctx), id)
	if err != nil {
		return Receipt{}, err
	}
	if !found || row.File == "" {
		return Receipt{}, errs.New(errs.NotFound, "receipt.unknown")
	}
	checked, err := receipt.Verify([]byte(row.File), "", "")
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt %s: %w", id, err)
	}
	return Receipt{Checked: checked, file: []byte(row.File)}, nil
}

// wake lets what waited for a hold of a person go on, now that it was lifted.
func (e *Erasures) wake(tx *db.Tx, person string) error {
	held, err := listErasures(tx.DB().Where("person = ? AND state = ?", person, ErasureHeld))
	if err != nil {
		return err
	}
	for _, erasure := range held {
		if _, err := e.jobs.Enqueue(tx, finishJob, erasure.ID, jobs.Options{}); err != nil {
			return err
		}
	}
	return nil
}
