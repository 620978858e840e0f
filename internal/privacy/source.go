package privacy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// Source is a place that holds personal data. Every table that does belongs to
// one; a test fails for a table that does not.
type Source interface {
	// Name is the package's word, such as "sellers".
	Name() string
	// Tables lists the tables that the source answers for.
	Tables() []string
	// Describe tells what is held about a person, in codes and counts.
	Describe(ctx context.Context, person string) ([]Holding, error)
	// Export returns what is held about a person as values that encode to JSON.
	Export(ctx context.Context, person string) (any, error)
	// Erase removes, inside a transaction, what is held about a person for a
	// purpose, or everything when the purpose is "". It tells what went and what
	// the law makes us keep. It must not touch keys: those are destroyed before.
	Erase(tx *db.Tx, person string, purpose vault.Purpose) (Erased, error)
	// Expire removes what has outlived its time at now and belongs to nobody in
	// particular, such as half ceremonies, and tells how much went. What belongs to
	// a person is better removed by an Expiring source, which leaves a receipt.
	Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error)
}

// Dated is a Source that knows what should be gone. What is still there a day
// after its end is counted as overdue.
type Dated interface {
	Source
	// Due lists what should be gone at now.
	Due(ctx context.Context, now time.Time) ([]Due, error)
}

// Expiring is a Source whose data have an end of their own, person by person.
// The daily job removes them with a receipt.
type Expiring interface {
	Dated
	// ExpireOf removes what Due lists of one person, but for what is held.
	ExpireOf(tx *db.Tx, person string, now time.Time, held func(vault.Purpose) bool) (Erased, error)
}

// Due is one kind of thing that should be gone.
type Due struct {
	Person  string // or the id under which the law makes us keep something; "" for nobody in particular
	What    string // code, as in Holding
	Purpose vault.Purpose
	With    vault.Purpose // another one that is in it, "" for none: a hold on either holds it whole
	Since   time.Time     // when its time was over
	Count   int
}

// Erased says what an erasure of one source removed and what it may not.
type Erased struct {
	Rows    map[string]int // by table
	Kept    []Kept
	Receipt string // id that was promised for the receipt of this, "" for a new one
}

// Kept is what the law makes us keep after an erasure.
type Kept struct {
	What    string    // code: "trader-details"
	Law     string    // code: "dsa-30-5"
	Until   time.Time // it goes then by itself
	Receipt string    // id under which the receipt for that will be found
}

// ErasedRows says that rows of a table went.
func ErasedRows(table string, n int) Erased { return Erased{}.With(table, n) }

// With adds rows of a table.
func (e Erased) With(table string, n int) Erased {
	if n == 0 {
		return e
	}
	if e.Rows == nil {
		e.Rows = map[string]int{}
	}
	e.Rows[table] += n
	return e
}

// And adds what another source removed.
func (e Erased) And(other Erased) Erased {
	for table, n := range other.Rows {
		e = e.With(table, n)
	}
	e.Kept = append(e.Kept, other.Kept...)
	if e.Receipt == "" {
		e.Receipt = other.Receipt
	}
	return e
}

// Total is how many rows went.
func (e Erased) Total() int {
	n := 0
	for _, rows := range e.Rows {
		n += rows
	}
	return n
}

// Holding is one kind of thing that is held about a person.
type Holding struct {
	What      string // code: "document-pictures", "account", "consents" ...
	Purpose   vault.Purpose
	Count     int
	Oldest    time.Time
	KeptUntil time.Time // zero while a decision is open, or without an end
}

// Register is the list of sources of a running program.
type Register struct {
	sources []Source
	held    vault.Held // nil: nothing is under legal hold
}

// Add registers a source; a name that is taken panics, for it is a mistake in
// the wiring.
func (r *Register) Add(s Source) {
	for _, have := range r.sources {
		if have.Name() == s.Name() {
			panic("privacy: two sources named " + s.Name())
		}
	}
	r.sources = append(r.sources, s)
}

// Sources lists what was registered.
func (r *Register) Sources() []Source { return slices.Clone(r.sources) }

// Describe asks every source what it holds about a person.
func (r *Register) Describe(ctx context.Context, person string) ([]Holding, error) {
	var out []Holding
	for _, s := range r.sources {
		held, err := s.Describe(ctx, person)
		if err != nil {
			return nil, fmt.Errorf("describe %s: %w", s.Name(), err)
		}
		out = append(out, held...)
	}
	return out, nil
}

// Export gathers what every source holds about a person, by source name.
func (r *Register) Export(ctx context.Context, person string) (map[string]any, error) {
	out := make(map[string]any, len(r.sources))
	for _, s := range r.sources {
		held, err := s.Export(ctx, person)
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", s.Name(), err)
		}
		out[s.Name()] = held
	}
	return out, nil
}

// Expire lets every source remove what has outlived its time. A source that
// fails does not keep the others from it.
func (r *Register) Expire(ctx context.Context, now time.Time) (int, error) {
	var total int
	var first error
	for _, s := range r.sources {
		n, err := s.Expire(ctx, audit.System("retention"), now)
		total += n
		if err != nil && first == nil {
			first = fmt.Errorf("expire %s: %w", s.Name(), err)
		}
	}
	return total, first
}

// Impersonal lists the tables that hold nothing about a seller or shopper, with
// the reason. The audit log holds ids and codes only and outlives the data.
var Impersonal = map[string]string{
	"audit_checkpoints":   "signed heads of the log that were published",
	"audit_cosignatures":  "signatures of witnesses under them",
	"audit_witnesses":     "organisations that watch the log; a mail address goes with its witness",
	"audit_checks":        "outcomes of checks of the log, and ids of who asked",
	"audit_entries":       "ids, codes and numbers only; append-only by design",
	"audit_hashes":        "hashes of the log",
	"audit_head":          "signed head of the log",
	"privacy_notices":     "texts that everybody was shown",
	"privacy_receipts":    "ids of what is gone, hashes, counts and times; nobody is named",
	"jobs":                "ids of what is to be done; finished ones go after 30 days",
	"staff_members":       "who works here, which the audit log refers to; administrators keep them",
	"staff_invites":       "links of who works here",
	"staff_codes":         "hashes of who works here",
	"sellers_layouts":     "where print stands on kinds of documents, and ids of who said so",
	"sellers_numbers":     "the last number that was given",
	"requests_numbers":    "the last number that was given",
	"requests_templates":  "wordings of answers, and ids of who changed them",
	"demo_people":         "invented people",
	"lab_activations":     "thresholds, and ids of who set them",
	"lab_weeks":           "counts a week",
	"experiments":         "tests that are run, and ids of who registered them; who is in one stands elsewhere",
	"sellers_parity_days": "counts, shares and medians a day",
	"vault_key_store":     "name of the key store",
	"refusals_results":    "what checks of the program came to",
	"refusals_turns":      "changes of those",
	"refusals_search":     "which places take pictures",
	"answers_said":        "what was answered in public",
	"answers_steps":       "counts behind public figures",
	"registers_demands":   "kinds, days and counts of legal demands, and ids of who entered them; no names",
	"registers_parties":   "firms that get data or run sites, and ids of who entered them",
	"registers_versions":  "earlier entries of those",
	"goose_db_version":    "schema version",
}

// Uncovered returns those of the tables that no source answers for and that are
// not impersonal.
func (r *Register) Uncovered(tables []string) []string {
	covered := map[string]bool{}
	for _, s := range r.sources {
		for _, t := range s.Tables() {
			covered[t] = true
		}
	}
	var out []string
	for _, t := range tables {
		if _, impersonal := Impersonal[t]; !covered[t] && !impersonal {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}
