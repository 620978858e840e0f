package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/copies"
	"truepenny/internal/staff"
)

func TestTheCopyOfAPersonHoldsWhatEverySourceTellsAPageToReadAndNobodyWhoWorksHere(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	m := a.marit(t)
	ann, err := a.staff.Enrol(t.Context(), audit.System("test"), staff.Details{Name: "Ann Reviewer", Email: "ann@market.example", Roles: []staff.Role{staff.Reviewer}})
	if err != nil {
		t.Fatal(err)
	}
	items, err := a.vault.Describe(t.Context(), m.ID)
	if err != nil || len(items) != 1 {
		t.Fatal(items, err)
	}
	if _, err := a.vault.Open(t.Context(), ann.Actor(), items[0].ID, items[0].Purpose, "case.review"); err != nil {
		t.Fatal(err)
	}
	asked, err := a.copies.Ask(t.Context(), m.Actor())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c, err := a.copies.Own(t.Context(), m.Actor(), asked.ID); err != nil || c.State != copies.Ready {
		t.Fatal(c, err)
	}
	var file bytes.Buffer
	if err := a.copies.Send(t.Context(), m.Actor(), asked.ID, &file); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(plain)
	}
	if len(parts) != 3 {
		t.Errorf("%d files, want the page, the data and one original", len(parts))
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(parts["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	for _, s := range a.register.Sources() {
		if _, there := data[s.Name()]; !there {
			t.Errorf("data.json lacks what %s tells", s.Name())
		}
	}
	for _, name := range []string{"data.json", "index.html"} {
		for _, want := range []string{m.Email, "Lindqvist", "A reviewer"} {
			if !strings.Contains(parts[name], want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		for _, never := range []string{"Ann Reviewer", ann.ID, ann.Email, "<script", "style=", "http://", "https://"} {
			if strings.Contains(parts[name], never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
	}
}
