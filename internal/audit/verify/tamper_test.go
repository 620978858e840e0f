package verify_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const tampered = 23 // entries of the log that is tampered with: no full tree

// columns of an entry that are text.
var columns = []string{"actor_kind", "actor_id", "actor_role", "action", "subject", "person", "purpose", "reason", "details"}

// filled is a log of n entries, no two alike.
func filled(t testing.TB, n int) (*db.Store, *audit.Log) {
	t.Helper()
	store := testkit.Store(t)
	log, err := audit.New(store, clock.NewFixed(noon), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		err := log.Note(t.Context(), audit.Entry{
			Actor: audit.Actor{Kind: audit.KindStaff, ID: fmt.Sprint("m_", i%3), Role: "reviewer"}, Action: fmt.Sprint("test.", i), Subject: "thing:1",
			Person: "acc_1", Purpose: "face-match", Reason: "asked", Details: map[string]string{"n": fmt.Sprint(i)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return store, log
}

// vandal changes a log as somebody who holds the database but not the key could.
type vandal struct {
	chance *rand.Rand
	g      *gorm.DB
	forger note.Signer
	forged string // verifier key of the forger
	former string // a head that the log had before
}

func (v vandal) do(sql string, values ...any) { must(v.g.Exec(sql, values...).Error) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (v vandal) any() int64 { return v.chance.Int64N(tampered) }

// text is a value that differs from the one that stands there.
func (v vandal) text(was string) string {
	b := []byte(was)
	switch at := v.chance.IntN(len(b) + 1); v.chance.IntN(4) {
	case 0:
		return was + string(rune('a'+v.chance.IntN(26)))
	case 1:
		return string(b[:at]) + " " + string(b[at:])
	case 2:
		if len(b) > 0 {
			return string(b[:len(b)-1])
		}
	case 3:
		if at < len(b) {
			b[at] ^= 1
			return string(b)
		}
	}
	return was + "\x00"
}

func (v vandal) read(column, table string, idx int64) string {
	var was string
	must(v.g.Raw("SELECT "+column+" FROM "+table+" WHERE idx = ?", idx).Scan(&was).Error)
	return was
}

// kinds of damage, by name. Each says what it did.
var kinds = map[string]func(v vandal) string{
	"a field": func(v vandal) string {
		column, idx := columns[v.chance.IntN(len(columns))], v.any()
		value := v.text(v.read(column, "audit_entries", idx))
		v.do("UPDATE audit_entries SET "+column+" = ? WHERE idx = ?", value, idx)
		return fmt.Sprintf("%s of %d is %q", column, idx, value)
	},
	"two fields moved into one another": func(v vandal) string {
		i, idx := v.chance.IntN(len(columns)-1), v.any()
		v.do("UPDATE audit_entries SET "+columns[i]+" = "+columns[i]+" || "+columns[i+1]+", "+columns[i+1]+" = '' WHERE idx = ?", idx)
		return fmt.Sprintf("%s and %s of %d", columns[i], columns[i+1], idx)
	},
	"a time": func(v vandal) string {
		by, idx := v.chance.Int64N(2_000_000)-1_000_000, v.any()
		if by == 0 {
			by = 1
		}
		v.do("UPDATE audit_entries SET at_us = at_us + ? WHERE idx = ?", by, idx)
		return fmt.Sprintf("%d of %d", by, idx)
	},
	"an entry taken out": func(v vandal) string {
		idx := v.any()
		v.do("DELETE FROM audit_entries WHERE idx = ?", idx)
		return fmt.Sprint(idx)
	},
	"an entry taken out and the rest moved up": func(v vandal) string {
		idx := v.any()
		v.do("DELETE FROM audit_entries WHERE idx = ?", idx)
		v.do("UPDATE audit_entries SET idx = -idx WHERE idx > ?", idx)
		v.do("UPDATE audit_entries SET idx = -idx - 1 WHERE idx < 0")
		return fmt.Sprint(idx)
	},
	"two entries swapped": func(v vandal) string {
		a := v.any()
		b := (a + 1 + v.chance.Int64N(tampered-1)) % tampered
		v.do("UPDATE audit_entries SET idx = -1 WHERE idx = ?", a)
		v.do("UPDATE audit_entries SET idx = ? WHERE idx = ?", a, b)
		v.do("UPDATE audit_entries SET idx = ? WHERE idx = -1", b)
		return fmt.Sprint(a, b)
	},
	"an entry put in": func(v vandal) string {
		at := v.chance.Int64N(tampered+3) - 1
		v.do("UPDATE audit_entries SET idx = -idx - 2 WHERE idx >= ?", at)
		v.do("UPDATE audit_entries SET idx = -idx - 1 WHERE idx < -1")
		v.do("INSERT INTO audit_entries SELECT ?, at_us, actor_kind, actor_id, actor_role, action, subject, person, purpose, reason, details FROM audit_entries WHERE idx <> ? LIMIT 1", at, at)
		return fmt.Sprint(at)
	},
	"the end cut off, hashes left": func(v vandal) string {
		from := v.any()
		v.do("DELETE FROM audit_entries WHERE idx >= ?", from)
		return fmt.Sprint(from)
	},
	"the end cut off with its hashes": func(v vandal) string {
		from := v.any()
		v.do("DELETE FROM audit_entries WHERE idx >= ?", from)
		v.do("DELETE FROM audit_hashes WHERE idx >= ?", tlog.StoredHashCount(from))
		return fmt.Sprint(from)
	},
	"a stored hash": func(v vandal) string {
		idx := v.chance.Int64N(tlog.StoredHashCount(tampered))
		hash := []byte(v.read("hash", "audit_hashes", idx))
		hash[v.chance.IntN(len(hash))] ^= 1 << v.chance.IntN(8)
		v.do("UPDATE audit_hashes SET hash = ? WHERE idx = ?", hash, idx)
		return fmt.Sprint(idx)
	},
	"a stored hash taken out": func(v vandal) string {
		idx := v.chance.Int64N(tlog.StoredHashCount(tampered))
		v.do("DELETE FROM audit_hashes WHERE idx = ?", idx)
		return fmt.Sprint(idx)
	},
	"a stored hash too many": func(v vandal) string {
		idx := tlog.StoredHashCount(tampered) + v.chance.Int64N(5)
		if v.chance.IntN(2) == 0 {
			idx = -1 - v.chance.Int64N(5)
		}
		v.do("INSERT INTO audit_hashes (idx, hash) VALUES (?, zeroblob(32))", idx)
		return fmt.Sprint(idx)
	},
	"the signed head": func(v vandal) string {
		var was string
		must(v.g.Raw("SELECT note FROM audit_head").Scan(&was).Error)
		value := v.text(was)
		v.do("UPDATE audit_head SET note = ?", value)
		return fmt.Sprintf("%q", value)
	},
	"the size beside the head": func(v vandal) string {
		by := v.chance.Int64N(9) + 1
		v.do("UPDATE audit_head SET size = size + ?", by-10*v.chance.Int64N(2))
		return fmt.Sprint(by)
	},
	"the key beside the head": func(v vandal) string {
		v.do("UPDATE audit_head SET verifier = ?", v.forged)
		return ""
	},
	"an earlier head put back": func(v vandal) string {
		v.do("UPDATE audit_head SET note = ?, size = ?", v.former, tampered-1)
		return ""
	},
	"everything taken away but the head": func(v vandal) string {
		v.do("DELETE FROM audit_entries")
		v.do("DELETE FROM audit_hashes")
		return ""
	},
	"an entry changed and everything signed anew with another key": func(v vandal) string {
		idx := v.any()
		v.do("UPDATE audit_entries SET reason = ? WHERE idx = ?", fmt.Sprint("forged", v.chance.IntN(1e9)), idx)
		v.rewrite(tampered)
		return fmt.Sprint(idx)
	},
	"the end forked and signed anew with another key": func(v vandal) string {
		from := v.any()
		v.do("UPDATE audit_entries SET person = ? WHERE idx >= ?", fmt.Sprint("acc_", v.chance.IntN(1e9)), from)
		v.rewrite(tampered)
		return fmt.Sprint(from)
	},
	"the end cut off and signed anew with another key": func(v vandal) string {
		left := 1 + v.chance.Int64N(tampered-1)
		v.do("DELETE FROM audit_entries WHERE idx >= ?", left)
		v.rewrite(left)
		return fmt.Sprint(left)
	},
}

// rewrite computes the tree anew and signs it as well as the forger can: with a
// key of their own that bears the log's name.
func (v vandal) rewrite(size int64) {
	v.do("DELETE FROM audit_hashes")
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, hashes[i])
		}
		return out, nil
	})
	var rows []struct {
		Idx                                                                              int64
		AtUS                                                                             int64 `gorm:"column:at_us"`
		ActorKind, ActorID, ActorRole, Action, Subject, Person, Purpose, Reason, Details string
	}
	must(v.g.Raw("SELECT * FROM audit_entries ORDER BY idx").Scan(&rows).Error)
	for i, r := range rows {
		row := audit.Row{Index: r.Idx, At: time.UnixMicro(r.AtUS), Entry: audit.Entry{
			Actor:  audit.Actor{Kind: audit.Kind(r.ActorKind), ID: r.ActorID, Role: r.ActorRole},
			Action: r.Action, Subject: r.Subject, Person: r.Person, Purpose: r.Purpose, Reason: r.Reason,
		}}
		more, err := tlog.StoredHashes(int64(i), row.Leaf(r.Details), read)
		must(err)
		hashes = append(hashes, more...)
	}
	type hashRow struct {
		Idx  int
		Hash []byte
	}
	var stored []hashRow
	for i, h := range hashes {
		stored = append(stored, hashRow{i, h[:]})
	}
	must(v.g.Table("audit_hashes").Create(&stored).Error)
	root, err := tlog.TreeHash(size, read)
	must(err)
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", audit.Origin(v.forged), size, root)}, v.forger)
	must(err)
	v.do("UPDATE audit_head SET size = ?, note = ?, verifier = ?", size, string(signed), v.forged)
}

// Whatever somebody without the key does to the tables of the log, the check
// with the pinned key finds it. The seed is fixed, so a failure can be repeated.
func TestEveryDamageToTheLogIsFound(t *testing.T) {
	mutations := 10_000
	if testing.Short() {
		mutations = 600
	}
	store, log := filled(t, tampered-1)
	former, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last := audit.Entry{Actor: audit.Actor{Kind: audit.KindSeller, ID: "acc_1", Role: "-"}, Action: "test.last", Subject: "thing:2", Person: "acc_1", Purpose: "lab-measurement", Reason: "asked"}
	if err := log.Note(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	key, forged, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{5}, 64)), "truepenny-audit")
	if err != nil {
		t.Fatal(err)
	}
	forger, err := note.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	names := sortedNames(kinds)
	chance := rand.New(rand.NewPCG(4, 2026))
	damage := func(g *gorm.DB, i int) {
		name := names[i%len(names)]
		must(g.Exec("SAVEPOINT untouched").Error)
		did := kinds[name](vandal{chance, g, forger, forged, former})
		report, err := verify.CheckIn(g, verify.Against{Verifier: log.VerifierKey()})
		if err == nil && (report.OK() || report.Fault == "") {
			t.Errorf("%s (%s) was not found: %+v", name, did, report)
		}
		must(g.Exec("ROLLBACK TO untouched").Error)
		must(g.Exec("RELEASE untouched").Error)
	}
	undo := errors.New("undo")
	const batch = 100 // going back to a savepoint takes longer the more a transaction has seen
	for begin := 0; begin < mutations; begin += batch {
		err := store.Write(t.Context(), func(tx *db.Tx) error {
			for _, trigger := range []string{"audit_entries_keep", "audit_entries_stay"} {
				must(tx.DB().Exec("DROP TRIGGER " + trigger).Error)
			}
			for i := begin; i < min(begin+batch, mutations); i++ {
				damage(tx.DB(), i)
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
	}
	if report, err := verify.Audit(t.Context(), store, log.VerifierKey()); err != nil || !report.OK() || report.Entries != tampered {
		t.Fatalf("the log itself: %+v, %v", report, err)
	}
	t.Logf("%d mutations of %d kinds", mutations, len(kinds))
}

// What the database alone cannot tell, a checkpoint that was kept elsewhere can:
// an older state of everything, put back, and a log that never was longer.
func TestAnOlderStateIsFoundByACheckpointKeptElsewhere(t *testing.T) {
	store, log := filled(t, 5)
	former, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if err := log.Note(t.Context(), audit.Entry{Action: "test.more"}); err != nil {
			t.Fatal(err)
		}
	}
	newest, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	check := func(checkpoints ...string) verify.Report {
		report, err := verify.Check(t.Context(), store, verify.Against{Verifier: log.VerifierKey(), Checkpoints: checkpoints})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if report := check(newest, former); !report.OK() {
		t.Fatal(report.Problem)
	}
	if report := check(strings.Replace(former, "\n5\n", "\n4\n", 1)); report.Fault != verify.Unsigned {
		t.Fatalf("a checkpoint that nobody signed: %+v", report)
	}
	put := func(size int64, head, verifier string) {
		err := store.Write(t.Context(), func(tx *db.Tx) error {
			v := vandal{g: tx.DB()}
			v.do("DROP TRIGGER IF EXISTS audit_entries_stay")
			v.do("DELETE FROM audit_entries WHERE idx >= ?", size)
			v.do("DELETE FROM audit_hashes WHERE idx >= ?", tlog.StoredHashCount(size))
			v.do("UPDATE audit_head SET size = ?, note = ?, verifier = ?", size, head, verifier)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(5, former, log.VerifierKey())
	if report := check(former); !report.OK() {
		t.Fatalf("this state was signed once: %s", report.Problem)
	}
	if report := check(newest); report.Fault != verify.Cut || report.Bad != 5 {
		t.Fatalf("an older state: %+v", report)
	}
	put(0, "", "")
	if report := check(); !report.OK() {
		t.Fatalf("an empty log looks like a new one: %s", report.Problem)
	}
	if report := check(former); report.Fault != verify.Cut {
		t.Fatalf("an emptied log: %+v", report)
	}
	other := testkit.Store(t)
	fork, err := audit.New(other, clock.NewFixed(noon.Add(time.Hour)), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	for range 9 {
		if err := fork.Note(t.Context(), audit.Entry{Action: "test.forked"}); err != nil {
			t.Fatal(err)
		}
	}
	report, err := verify.Check(t.Context(), other, verify.Against{Verifier: log.VerifierKey(), Checkpoints: []string{newest}})
	if err != nil || report.Fault != verify.Forked {
		t.Fatalf("everything written anew with the stolen key: %+v, %v", report, err)
	}
}

func sortedNames[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
