package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
	"truepenny/internal/demo"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
)

const (
	idleOnes   = 6  // applications sent one after the other
	queuedOnes = 16 // sent at once
)

// BenchmarkOutcome measures the time from sending an application on the road of
// the face to the machine's outcome, on the real program's queue with two
// workers: each by itself, and sixteen at once. What stands before it, the
// capture's own judging, is BenchmarkCapture75 of package liveness.
//
//	go test ./cmd/web -run '^$' -bench Outcome -benchtime 1x
func BenchmarkOutcome(b *testing.B) {
	a := openApp(b, clock.NewFixed(noon))
	ready := a.apply(b, idleOnes+queuedOnes)
	ctx, stop := context.WithCancel(b.Context())
	worked := make(chan error, 1)
	go func() { worked <- a.queue.Run(ctx, 2) }()
	b.Cleanup(func() {
		stop()
		if err := <-worked; err != nil {
			b.Error(err)
		}
	})
	b.ResetTimer()
	var alone []time.Duration
	for _, one := range ready[:idleOnes] {
		alone = append(alone, a.outcomes(b, one)...)
	}
	crowd := a.outcomes(b, ready[idleOnes:]...)
	b.ReportMetric(middle(alone), "idle-p50-s")
	b.ReportMetric(middle(crowd), "queued-p50-s")
	b.ReportMetric(slices.Max(crowd).Seconds(), "queued-last-s")
}

func middle(took []time.Duration) float64 {
	slices.Sort(took)
	return took[len(took)/2].Seconds()
}

// applicant is somebody who has only to press send.
type applicant struct {
	actor audit.Actor
	app   string
}

// apply makes applications with a passport and an accepted capture.
func (a *App) apply(b *testing.B, n int) []applicant {
	b.Helper()
	people, err := demo.Portraits(filepath.Join(enginetest.Packages(b), "@vladmandic", "face-api", "demo"), a.engine.faces)
	if err != nil {
		b.Fatal(err)
	}
	fonts, err := specimen.OpenFonts()
	if err != nil {
		b.Skip(err)
	}
	var out []applicant
	for seed := 0; len(out) < n; seed++ {
		if seed == 3*n {
			b.Fatalf("only %d of %d captures were accepted", len(out), seed)
		}
		if one, ok := a.applyOnce(b, people[0], fonts, seed); ok {
			out = append(out, one)
		}
	}
	return out
}

func (a *App) applyOnce(b *testing.B, who demo.Portrait, fonts *specimen.Fonts, seed int) (applicant, bool) {
	b.Helper()
	ctx := b.Context()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	account, err := a.account.Enrol(ctx, audit.System("bench"), fmt.Sprintf("runa%d@seller.example", seed))
	must(err)
	one := applicant{actor: account.Actor()}
	app, err := a.sellers.Start(ctx, one.actor)
	must(err)
	one.app = app.ID
	_, err = a.sellers.SaveDetails(ctx, one.actor, app.ID, sellers.Details{Country: "PT", Kind: sellers.Person, GivenNames: "Runa", FamilyName: "Hythlo",
		BirthDate: "1987-03-27", Address: sellers.Address{Line1: "12 Harbour Street", Postcode: "10001", City: "Amaurot"}}, true)
	must(err)
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	_, err = a.sellers.AnswerConsent(ctx, one.actor, app.ID, notice.Version, true)
	must(err)
	sheet, err := specimen.Draw(fonts, specimen.Spec{Kind: specimen.Passport, Portrait: who.Image, Surname: "Hythlo", GivenNames: "Runa",
		Number: "UT4711082", Sex: "F", Born: time.Date(1987, 3, 27, 0, 0, 0, 0, time.UTC), Issued: noon.AddDate(-2, 0, 0), Expires: noon.AddDate(8, 0, 0)})
	must(err)
	photo, err := specimen.Photograph(sheet, specimen.Casual(uint64(seed)))
	must(err)
	jpeg, err := picture.EncodeJPEG(photo, 90)
	must(err)
	_, err = a.sellers.AddDocument(ctx, one.actor, app.ID, sellers.DocumentUpload{Kind: sellers.Passport, Side: sellers.Front, Bytes: jpeg})
	must(err)
	puppet, err := who.Puppet(a.engine.meshes)
	must(err)
	sitting := demo.Sit(puppet, uint64(seed))
	result, err := a.sellers.Film(ctx, one.actor, app.ID, sellers.Studio{Pass: a.clock.(*clock.Fixed).Advance, Shoot: sitting.Shoot,
		Facts: []byte(`{"label": "Bench camera", "width": 640, "height": 480, "script": {"trusted": true, "native": true}}`)})
	must(err)
	return one, result.Accepted
}

// outcomes sends applications at once and gives how long each waited for its outcome.
func (a *App) outcomes(b *testing.B, all ...applicant) []time.Duration {
	b.Helper()
	began := time.Now()
	for _, one := range all {
		if _, err := a.sellers.Submit(b.Context(), one.actor, one.app); err != nil {
			b.Fatal(err)
		}
	}
	took := make([]time.Duration, len(all))
	for left := len(all); left > 0; time.Sleep(2 * time.Millisecond) {
		for i, one := range all {
			if took[i] > 0 {
				continue
			}
			app, err := a.sellers.Get(b.Context(), one.actor, one.app)
			if err != nil {
				b.Fatal(err)
			}
			if app.State != sellers.Analysing {
				took[i] = time.Since(began)
				left--
			}
		}
		if time.Since(began) > 5*time.Minute {
			b.Fatalf("%d of %d have no outcome after five minutes", left, len(all))
		}
	}
	return took
}
