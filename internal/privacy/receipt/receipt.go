package receipt

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// format is the first line of every receipt.
const format = "truepenny-receipt/1"

// The scopes of receipts that are not for one purpose.
const (
	Everything = "everything" // all that was held of somebody
	Outlived   = "outlived"   // what had outlived its time
)

// Occasion says why something was erased.
type Occasion string

const (
	Asked   Occasion = "asked"   // the person, or somebody for them, asked for it
	Expired Occasion = "expired" // its time was over
)

// Receipt is what was erased, in codes, ids, hashes, counts and times. It holds
// nothing that says who the person is.
type Receipt struct {
	ID       string
	Erasure  string
	At       time.Time // to the microsecond, UTC
	Scope    string    // Everything, Outlived, or the code of a purpose
	Occasion Occasion
	Keys     []Key
	Items    []Item
	Rows     []Rows
	Kept     []Kept
	Signer   string // verifier key of the receipt
	Log      string // verifier key of the log
}

// Key is a key that was destroyed, and when.
type Key struct {
	ID, Purpose string
	At          time.Time
}

// Item is a sealed item that was removed: the SHA-256 (hexadecimal) is that of
// its ciphertext, so that a copy of it can be recognised.
type Item struct{ ID, Purpose, SHA256 string }

// Rows is how many rows of a table were removed.
type Rows struct {
	Table string
	Count int
}

// Kept is what a law makes us keep, until when, and the id of the receipt that
// will tell of its end.
type Kept struct {
	What, Law string
	Until     time.Time
	Receipt   string
}

const stamp = "2006-01-02T15:04:05.000000Z"

// Body is the part of the receipt that the log names by its hash: lines of a
// word, a colon and values. The same receipt always has the same body.
func (r Receipt) Body() []byte {
	var b strings.Builder
	line := func(name string, values ...string) { fmt.Fprintf(&b, "%s: %s\n", name, strings.Join(values, " ")) }
	b.WriteString(format + "\n")
	line("receipt", r.ID)
	line("erasure", r.Erasure)
	line("at", r.At.UTC().Format(stamp))
	line("scope", r.Scope)
	line("occasion", string(r.Occasion))
	for _, k := range r.Keys {
		line("key-destroyed", k.ID, k.Purpose, k.At.UTC().Format(stamp))
	}
	for _, i := range r.Items {
		line("item-removed", i.ID, i.Purpose, i.SHA256)
	}
	for _, n := range r.Rows {
		line("rows-removed", n.Table, fmt.Sprint(n.Count))
	}
	for _, k := range r.Kept {
		line("kept", k.What, k.Law, k.Until.UTC().Format(stamp), k.Receipt)
	}
	line("receipt-key", r.Signer)
	line("log-key", r.Log)
	return []byte(b.String())
}

// Sorted puts the lists into their order, which makes the body the same however
// they were gathered, and cuts times to what the body can say.
func (r Receipt) Sorted() Receipt {
	r.At = r.At.UTC().Truncate(time.Microsecond)
	r.Keys = slices.SortedFunc(slices.Values(r.Keys), func(a, b Key) int { return strings.Compare(a.Purpose+" "+a.ID, b.Purpose+" "+b.ID) })
	r.Items = slices.SortedFunc(slices.Values(r.Items), func(a, b Item) int { return strings.Compare(a.Purpose+" "+a.ID, b.Purpose+" "+b.ID) })
	r.Rows = slices.SortedFunc(slices.Values(r.Rows), func(a, b Rows) int { return strings.Compare(a.Table, b.Table) })
	r.Kept = slices.SortedFunc(slices.Values(r.Kept), func(a, b Kept) int { return strings.Compare(a.What+" "+a.Receipt, b.What+" "+b.Receipt) })
	return r
}

// Hash is the SHA-256 of a body in hexadecimal, as the entry of the log has it.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
