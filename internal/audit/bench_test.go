package audit_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver that the log writes with
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
)

// BenchmarkAppend measures acknowledged entries a second on one core, every
// transaction on the disk before it is acknowledged (synchronous=FULL). Beside
// it, in the same run and on the same disk: plain SQLite that inserts one short
// row a transaction with the same settings, no log, no tree, no signature.
//
//	go test ./internal/audit -run '^$' -bench 'Append|Proof|Check'
func BenchmarkAppend(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, writers := range []int{1, 16} {
		b.Run(fmt.Sprintf("%dwriters", writers), func(b *testing.B) {
			_, log := benchLog(b, 0)
			entry := audit.Entry{
				Actor: audit.Actor{Kind: audit.KindStaff, ID: "mem_abcdefghijklmnopqrstuvwxyz", Role: "reviewer"}, Action: "vault.opened",
				Subject: "application:app_abcdefghijklmnopqrstuvwxyz", Person: "acc_abcdefghijklmnopqrstuvwxyz", Purpose: "face-match", Details: map[string]string{"count": "1"},
			}
			ours := perSecond(b, writers, func(int64) error { return log.Note(b.Context(), entry) })
			b.StopTimer()
			plain := plainInserts(b, writers)
			b.ReportMetric(ours, "appends/s")
			b.ReportMetric(plain, "plain-sqlite/s")
			b.ReportMetric(ours/plain, "of-plain-sqlite")
		})
	}
}

// perSecond does b.N things with as many writers.
func perSecond(b *testing.B, writers int, do func(i int64) error) float64 {
	b.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	began := clock.System.Now()
	for range writers {
		all.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return float64(b.N) / clock.System.Now().Sub(began).Seconds()
}

func plainInserts(b *testing.B, writers int) float64 {
	b.Helper()
	path := filepath.Join(b.TempDir(), "plain.db")
	handle, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	defer handle.Close()
	handle.SetMaxOpenConns(1)
	if _, err := handle.Exec("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"); err != nil {
		b.Fatal(err)
	}
	insert, err := handle.Prepare("INSERT INTO plain (text) VALUES (?)")
	if err != nil {
		b.Fatal(err)
	}
	return perSecond(b, writers, func(i int64) error {
		_, err := insert.Exec("an entry of some length, number " + strconv.FormatInt(i, 10))
		return err
	})
}

const million = 1_000_000

// BenchmarkProof measures, at a million entries, proving that one stands in the
// log and checking the proof, and proving that the log grew.
func BenchmarkProof(b *testing.B) {
	_, log := benchLog(b, million)
	var proof audit.Proof
	var err error
	b.Run("inclusion", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if proof, err = log.Inclusion(b.Context(), int64(i*7919%million)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("byHash", func(b *testing.B) {
		hash := tlog.RecordHash(proof.Leaf)
		for b.Loop() {
			if _, err := log.Path(b.Context(), hash); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("check", func(b *testing.B) {
		file := proof.File()
		b.ReportMetric(float64(len(file)), "bytes")
		for b.Loop() {
			if _, err := verify.Inclusion(file, log.VerifierKey()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("consistency", func(b *testing.B) {
		for i := 1; b.Loop(); i++ {
			if _, err := log.Consistency(b.Context(), int64(i*7919%million)+1, million); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("append", func(b *testing.B) {
		for b.Loop() {
			if err := log.Note(b.Context(), audit.Entry{Actor: audit.System("bench"), Action: "bench"}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
	})
}

// BenchmarkCheck measures the check of a whole log.
func BenchmarkCheck(b *testing.B) {
	const entries = 100_000
	store, log := benchLog(b, entries)
	for b.Loop() {
		report, err := verify.Audit(b.Context(), store, log.VerifierKey())
		if err != nil || !report.OK() {
			b.Fatal(report, err)
		}
	}
	b.ReportMetric(float64(b.N)*entries/b.Elapsed().Seconds(), "entries/s")
}

// benchLog is a log of n entries, written past the log except for the last: one
// by one a million would take ten minutes.
func benchLog(b *testing.B, n int64) (*db.Store, *audit.Log) {
	b.Helper()
	store, err := db.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	if err := store.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	log, err := audit.New(store, clock.System, make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	if n == 0 {
		return store, log
	}
	quiet := &gorm.Session{Logger: logger.Discard} // statements of 500 rows are slow, and long to print
	if err := store.Write(b.Context(), func(tx *db.Tx) error { return bulk(tx.DB().Session(quiet), n-1) }); err != nil {
		b.Fatal(err)
	}
	if err := log.Note(b.Context(), audit.Entry{Actor: audit.System("bench"), Action: "bench"}); err != nil {
		b.Fatal(err)
	}
	return store, log
}

// bulk writes entries and hashes as the log would, a few hundred a statement.
func bulk(g *gorm.DB, n int64) error {
	type entry struct {
		Idx                                                                              int64
		AtUS                                                                             int64 `gorm:"column:at_us"`
		ActorKind, ActorID, ActorRole, Action, Subject, Person, Purpose, Reason, Details string
	}
	type hash struct {
		Idx  int64
		Hash []byte
	}
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = hashes[index]
		}
		return out, nil
	})
	for first := int64(0); first < n; first += 2000 {
		var entries []entry
		var stored []hash
		for i := first; i < min(first+2000, n); i++ {
			e := entry{Idx: i, AtUS: noon.UnixMicro(), ActorKind: "system", ActorID: "bench", Action: "bench.done", Subject: "thing:" + strconv.FormatInt(i, 10), Person: "acc_" + strconv.FormatInt(i%5000, 10), Details: "{}"}
			row := audit.Row{Index: i, At: noon, Entry: audit.Entry{Actor: audit.System("bench"), Action: e.Action, Subject: e.Subject, Person: e.Person}}
			more, err := tlog.StoredHashes(i, row.Leaf(e.Details), read)
			if err != nil {
				return err
			}
			for _, h := range more {
				stored = append(stored, hash{int64(len(hashes)), h[:]})
				hashes = append(hashes, h)
			}
			entries = append(entries, e)
		}
		if err := g.Table("audit_entries").CreateInBatches(&entries, 500).Error; err != nil {
			return err
		}
		if err := g.Table("audit_hashes").CreateInBatches(&stored, 500).Error; err != nil {
			return err
		}
	}
	return g.Exec("UPDATE audit_head SET size = ?, note = 'bulk'", n).Error
}
