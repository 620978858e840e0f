package printed

import (
	"errors"
	"math"
	"testing"

	"truepenny/internal/biometrics/document"
)

func TestPrintIsHeldAgainstTheZone(t *testing.T) {
	for _, c := range []struct {
		part       Part
		said, zone string
		want       Verdict
	}{
		{FamilyName, "LINDQVIST", "LINDQVIST", Same},
		{FamilyName, "Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT", Same},
		{FamilyName, "LINDQVlST", "LINDQVIST", Near},
		{FamilyName, "ANDERSSON", "LINDQVIST", Differs},
		{FamilyName, "", "LINDQVIST", Unread},
		{FamilyName, "=", "LINDQVIST", Unread},
		{BirthDate, "14 MAR 1989", "1989-03-14", Same},
		{BirthDate, "14.03.1989", "1989-03-14", Same},
		{BirthDate, "15 MAR 1989", "1989-03-14", Differs},
		{BirthDate, "14 M4R 19", "1989-03-14", Unread},
		{Number, "UT47llO8l", "UT4711081", Same},
		{Number, "UT4/11081", "UT4711081", Near},
		{Number, "UT4711088", "UT4711081", Differs},
	} {
		if got := Compare(c.part, c.said, c.zone); got != c.want {
			t.Errorf("%s %q against %q: %s, not %s", c.part, c.said, c.zone, got, c.want)
		}
	}
}

func TestOnlyLayoutsThatCanBeOnAPageAreTaken(t *testing.T) {
	good := Region{Number, 0.5, 0.1, 0.2, 0.05}
	for name, c := range map[string]struct {
		regions []Region
		want    error
	}{
		"none": {nil, nil}, "one": {[]Region{good}, nil},
		"twice":   {[]Region{good, good}, ErrPart},
		"unknown": {[]Region{{"shoe-size", 0, 0, 1, 1}}, ErrPart},
		"outside": {[]Region{{Number, 0.9, 0.1, 0.2, 0.05}}, ErrRegion},
		"a dot":   {[]Region{{Number, 0.9, 0.1, 0, 0}}, ErrRegion},
		"nowhere": {[]Region{{Number, math.NaN(), 0.1, 0.1, 0.1}}, ErrRegion},
	} {
		if err := (Layout{Regions: c.regions}).Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
}

func TestTheIssuersOwnLayoutComesBeforeOneForAny(t *testing.T) {
	r := document.Reading{MRZ: document.MRZ{Format: document.TD3, IssuingState: "UTO"}}
	list := []Layout{{Format: document.TD1, Issuer: "UTO"}, {Format: document.TD3}, {Format: document.TD3, Issuer: "UTO"}, {Format: document.TD3, Issuer: "D"}}
	if l, ok := Choose(list, r); !ok || l.Issuer != "UTO" || l.Format != document.TD3 {
		t.Errorf("chose %+v", l)
	}
	if _, ok := Choose(list[:1], r); ok {
		t.Error("another kind of document fits")
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("14 MAR 1989", "1989-03-14")
	f.Add("Ünal\xff", "UENAL")
	f.Fuzz(func(t *testing.T, said, zone string) {
		if len(said) > 500 || len(zone) > 100 {
			return
		}
		for _, p := range Parts {
			Compare(p, said, zone)
		}
	})
}
