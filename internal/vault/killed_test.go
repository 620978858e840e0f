package vault

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/ids"
	"truepenny/internal/testkit"
)

const (
	// rotateHere tells a child of the test where to rotate: folder, then the
	// text of the new and of the old master key.
	rotateHere = "TRUEPENNY_TEST_ROTATE"

	kills = 10
)

// manyKeys fills a key store and returns the keys in clear, by their ids.
func manyKeys(tb testing.TB, keyStore *db.Store, master MasterKey, n int) map[string][32]byte {
	tb.Helper()
	k, err := OpenKeys(tb.Context(), keyStore, clock.System, master)
	if err != nil {
		tb.Fatal(err)
	}
	clear := make(map[string][32]byte, n)
	rows := make([]keyRow, n)
	for i := range rows {
		w := wrappedKey{ID: ids.New("key"), Person: "acc_" + strconv.Itoa(i), Purpose: faces, MasterID: master.ID()}
		if w.Wrapped, err = newKeyset(master, w.Person, w.Purpose); err != nil {
			tb.Fatal(err)
		}
		if clear[w.ID], err = k.raw(w); err != nil {
			tb.Fatal(err)
		}
		rows[i] = keyRow{ID: w.ID, Person: w.Person, Purpose: string(w.Purpose), Wrapped: w.Wrapped, MasterID: w.MasterID, CreatedAt: noon}
	}
	err = keyStore.Write(tb.Context(), func(tx *db.Tx) error { return tx.DB().CreateInBatches(rows, 1000).Error })
	if err != nil {
		tb.Fatal(err)
	}
	return clear
}

// TestRotationOfAChild is no test: it is the process that the next one kills.
func TestRotationOfAChild(t *testing.T) {
	words := strings.Fields(os.Getenv(rotateHere))
	if len(words) != 3 {
		t.Skip("runs as a process of the test below")
	}
	next, err := ParseMasterKey(words[1])
	if err != nil {
		t.Fatal(err)
	}
	old, err := ParseMasterKey(words[2])
	if err != nil {
		t.Fatal(err)
	}
	store := testkit.Open(t, "sqlite:"+testkit.StorePath(words[0]))
	keyStore, err := db.OpenKeys(t.Context(), "sqlite:"+filepath.Join(words[0], "keys.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer keyStore.Close()
	b := benchOn(t, store, keyStore, next, old)
	if _, err := b.Rotate(context.Background(), next); err != nil {
		t.Fatal(err)
	}
}

func TestARotationThatIsKilledTenTimesLosesNoKey(t *testing.T) {
	const n = 100_000
	folder := t.TempDir()
	store := testkit.Open(t, "sqlite:"+testkit.StorePath(folder))
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	keyStore := testkit.OpenKeys(t, "sqlite:"+filepath.Join(folder, "keys.db"))
	old, next := NewMasterKey(), NewMasterKey()
	clear := manyKeys(t, keyStore, old, n)
	before := benchOn(t, store, keyStore, old)
	item := before.seal("acc_1", documents, "passport")
	secret, err := before.keys.Secret(t.Context(), "audit")
	if err != nil {
		t.Fatal(err)
	}
	order := slices.Sorted(maps.Keys(clear)) // the one in which they are rewrapped
	for i := range kills {
		milestone := order[n*(i+1)/(kills+1)]
		killInTheMiddle(t, folder, next, old, func() bool {
			found, err := readKeys(keyStore.Reader(t.Context()), []string{milestone})
			if err != nil {
				t.Fatal(err)
			}
			return found[milestone].MasterID == next.ID()
		})
		// What is served meanwhile: the items open with both keys loaded.
		benchOn(t, store, keyStore, next, old).wantPlain(item, documents, "passport")
	}
	todo, err := countKeysNotUnder(keyStore.Reader(t.Context()), next.ID())
	if err != nil {
		t.Fatal(err)
	}
	if todo == 0 || todo == int64(n)+1 {
		t.Fatalf("%d of %d keys are left after %d kills, so nothing was killed in the middle", todo, n, kills)
	}
	both := benchOn(t, store, keyStore, next, old)
	if done, err := both.Rotate(t.Context(), next); err != nil || int64(done) != todo {
		t.Fatalf("the rest: %d of %d, %v", done, todo, err)
	}
	wantAllUnder(t, keyStore, next, clear)
	after := benchOn(t, store, keyStore, next)
	after.wantPlain(item, documents, "passport")
	if again, err := after.keys.Secret(t.Context(), "audit"); err != nil || string(again) != string(secret) {
		t.Errorf("the secret is another one, %v", err)
	}
	if rows, err := after.log.List(t.Context(), audit.Filter{Action: "vault.rewrapping"}); err != nil || len(rows) != kills+1 {
		t.Errorf("%d beginnings are logged, %v", len(rows), err)
	}
}

// killInTheMiddle starts a rotation in a process of its own and kills it at a
// random moment after it has passed a milestone.
func killInTheMiddle(t *testing.T, folder string, next, old MasterKey, passed func() bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRotationOfAChild$")
	child.Env = append(os.Environ(), rotateHere+"="+folder+" "+next.text()+" "+old.text())
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for !passed() {
		select {
		case err := <-ended:
			t.Fatalf("the rotation ended before it was killed: %v", err)
		case <-look.C:
		}
	}
	<-time.After(time.Duration(rand.IntN(60_000)) * time.Microsecond) // somewhere in a batch or its commit
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the rotation ended by itself: %v", err)
	}
}

// wantAllUnder opens every key with one master key alone and compares it with
// what it was.
func wantAllUnder(t *testing.T, keyStore *db.Store, master MasterKey, clear map[string][32]byte) {
	t.Helper()
	k, err := OpenKeys(t.Context(), keyStore, clock.System, master) // fails while any key is under another
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for after := ""; ; {
		page, err := readKeysAfter(keyStore.Reader(t.Context()), faces, after, keysPage)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, w := range page {
			raw, err := k.raw(w)
			if err != nil {
				t.Fatalf("%s is unreadable: %v", w.ID, err)
			}
			if raw != clear[w.ID] {
				t.Fatalf("%s is another key", w.ID)
			}
			seen++
		}
		after = page[len(page)-1].ID
	}
	if seen != len(clear) {
		t.Fatalf("%d keys of %d", seen, len(clear))
	}
}

func BenchmarkRotation(b *testing.B) {
	const n = 20_000
	folder := b.TempDir()
	keyStore, err := db.OpenKeys(b.Context(), "sqlite:"+filepath.Join(folder, "keys.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer keyStore.Close()
	if err := keyStore.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	master := NewMasterKey()
	manyKeys(b, keyStore, master, n)
	for b.Loop() {
		k, err := OpenKeys(b.Context(), keyStore, clock.System, master)
		if err != nil {
			b.Fatal(err)
		}
		master = NewMasterKey()
		if done, err := k.rotate(b.Context(), master); err != nil || done != n {
			b.Fatal(done, err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "keys/s")
}
