package audit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
)

// Kind says what sort of actor acts.
type Kind string

const (
	KindSeller Kind = "seller"
	KindStaff  Kind = "staff"
	KindSystem Kind = "system"
	KindNobody Kind = "nobody"
)

// Actor is who acts. It is passed explicitly to everything that changes or
// reveals something.
type Actor struct {
	Kind Kind
	ID   string
	Role string
}

// System is the actor of work that the program does by itself, such as a job.
func System(name string) Actor { return Actor{Kind: KindSystem, ID: name} }

// Nobody is the actor before anyone is signed in.
func Nobody() Actor { return Actor{Kind: KindNobody} }

// Entry is one line of the log. It holds ids, codes and numbers only, never a
// name, an address or a picture: the log outlives the data it speaks of.
type Entry struct {
	Actor   Actor
	Action  string            // what was done: "application.submitted"
	Subject string            // to what: "application:app_..."
	Person  string            // whose data it concerns: an account id, "" for nobody's
	Purpose string            // the purpose a sealed item was opened for
	Reason  string            // the reason that was given
	Details map[string]string // further codes and counts
}

// Row is an entry as it stands in the log.
type Row struct {
	Index int64
	At    time.Time // to the microsecond, UTC
	Entry
}

// Leaf is the byte string whose hash (RFC 6962, section 2.1) is the leaf of the
// tree: a version byte, index and time (microseconds) as big-endian 64-bit
// numbers, then each field in the order of Entry, its length (32 bit) before its
// bytes. Two different rows never share it. details is the JSON as stored.
func (r Row) Leaf(details string) []byte {
	var b bytes.Buffer
	b.WriteByte(1)
	b.Write(binary.BigEndian.AppendUint64(nil, uint64(r.Index)))
	b.Write(binary.BigEndian.AppendUint64(nil, uint64(r.At.UnixMicro())))
	for _, field := range []string{
		string(r.Actor.Kind), r.Actor.ID, r.Actor.Role,
		r.Action, r.Subject, r.Person, r.Purpose, r.Reason, details,
	} {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(field))))
		b.WriteString(field)
	}
	return b.Bytes()
}

// detailsJSON is deterministic: encoding/json writes map keys sorted.
func (r Row) detailsJSON() (string, error) {
	if len(r.Details) == 0 {
		return "{}", nil
	}
	out, err := json.Marshal(r.Details)
	if err != nil {
		return "", fmt.Errorf("audit details: %w", err)
	}
	return string(out), nil
}
