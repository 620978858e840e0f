package sellers

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

// licence draws one side of marit's licence, as a JPEG.
func licence(t *testing.T, side specimen.Kind, change func(*specimen.Spec)) []byte {
	t.Helper()
	s := specimen.Spec{
		Kind: side, Portrait: greyHead(), Surname: "Lindqvist", GivenNames: "Marit Elisabet", Number: "UT4711081", Sex: "F",
		Born:   time.Date(1989, 3, 14, 0, 0, 0, 0, time.UTC),
		Issued: time.Date(2022, 5, 6, 0, 0, 0, 0, time.UTC), Expires: time.Date(2032, 5, 5, 0, 0, 0, 0, time.UTC),
		Address: []string{"Hamngatan 12", "21122 Malmö"},
	}
	if change != nil {
		change(&s)
	}
	page, err := specimen.Draw(fonts(t), s)
	ok(t, err)
	return must(picture.EncodeJPEG(page, 92))(t)
}

// withLicence sends an application with these sides and lets the machine look.
func (h *house) withLicence(t *testing.T, kind DocumentKind, front, back []byte) map[CheckKind]Check {
	t.Helper()
	ctx := t.Context()
	app := h.draft(t)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: kind, Side: Front, Bytes: front}))(t)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: kind, Side: Back, Bytes: back}))(t)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(ctx, h.seller, app.ID))(t)
	return h.outcomes(t, h.analysed(t, app.ID))
}

func TestTheBarCodeOfALicenceIsHeldAgainstTheForm(t *testing.T) {
	front := licence(t, specimen.LicenceFront, nil)
	for name, c := range map[string]struct {
		change  func(*specimen.Spec)
		outcome Outcome
		reason  string
		differs string // what is shown as different
	}{
		"all the same":        {nil, Pass, "", ""},
		"another family name": {func(s *specimen.Spec) { s.Surname = "Lindström" }, Review, "barcode.differs", "family-name"},
		"another given name":  {func(s *specimen.Spec) { s.GivenNames = "Karin" }, Review, "barcode.differs", "given-names"},
		"another birth date":  {func(s *specimen.Spec) { s.Born = s.Born.AddDate(-3, 0, 0) }, Review, "barcode.differs", "birth-date"},
		"moved":               {func(s *specimen.Spec) { s.Address[0] = "Storgatan 1" }, Review, "barcode.address", "street"},
		"expired":             {func(s *specimen.Spec) { s.Expires = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) }, Fail, "document.expired", "expiry"},
		"last day":            {func(s *specimen.Spec) { s.Expires = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) }, Pass, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, testkit.Store(t))
			got := h.withLicence(t, Licence, front, licence(t, specimen.LicenceBack, c.change))[CheckBarcode]
			if got.Outcome != c.outcome || got.Reason != c.reason {
				t.Fatalf("got %s %q: %+v", got.Outcome, got.Reason, got.Compared)
			}
			var differ []string
			for _, p := range got.Compared {
				if p.Box.W < 100 || p.Left == "" || p.Right == "" {
					t.Errorf("not to be seen: %+v", p)
				}
				if !p.Same {
					differ = append(differ, p.What)
				}
			}
			if strings.Join(differ, " ") != c.differs {
				t.Errorf("shown as different: %v", differ)
			}
		})
	}
}

func TestTheBarCodeIsHeldAgainstWhatWasReadElsewhereOnTheDocument(t *testing.T) {
	r := &run{s: newHouse(t, testkit.Store(t)).Service, app: Application{Details: marit}}
	r.fields = map[FieldName]Field{
		FieldFamilyName: {Read: "LINDQVIST"}, FieldGivenNames: {Read: "MARIT ELISABET"}, FieldBirthDate: {Read: "1989-03-14"},
		FieldNumber: {Read: "UT4711082"}, FieldExpiry: {Read: "2032-05-05"},
	}
	s := specimen.Spec{Surname: "Lindqvist", GivenNames: "Marit Elisabet", Number: "UT4711081",
		Born: time.Date(1989, 3, 14, 0, 0, 0, 0, time.UTC), Expires: time.Date(2032, 5, 5, 0, 0, 0, 0, time.UTC)}
	c := r.compareCard(s.Licence(), Box{})
	if c.Outcome != Review || c.Reason != "barcode.differs" || len(c.Compared) != 8 {
		t.Fatalf("got %+v", c)
	}
	for _, p := range c.Compared {
		if p.Same == (p.What == "read-number") {
			t.Errorf("%+v", p)
		}
	}
	card := s.Licence()
	card.Number = ""
	if c := r.compareCard(card, Box{}); c.Outcome != Review || c.Reason != "barcode.short" {
		t.Errorf("without a number: %+v", c)
	}
}

func TestABarCodeThatIsNotThereIsNoMarkAgainstAnybody(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t))
	got := h.withLicence(t, Licence, shot(3), shot(4))
	if c := got[CheckBarcode]; c.Outcome != NotRun || c.Reason != "barcode.none" {
		t.Errorf("got %+v", c)
	}
	if worst([]Check{{Kind: CheckRead, Outcome: Pass}, got[CheckBarcode]}) != Pass {
		t.Error("it counts against the case")
	}
}
