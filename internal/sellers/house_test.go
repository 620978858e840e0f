package sellers

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/privacy"
	"truepenny/internal/specimen"
	"truepenny/internal/staff"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
)

// house is the feature on a real database, with a seller and staff.
type house struct {
	*Service
	people             *people.People
	parts              Parts
	seller             audit.Actor
	email              string
	ann, ben, cara     audit.Actor // reviewers
	lea, agent, reader audit.Actor // a lead, customer service, an auditor
}

// addresses looks mail addresses up where they are kept.
type addresses struct{ *people.People }

func (a addresses) EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error) {
	if kind == audit.KindStaff {
		m, err := a.Staff.Get(ctx, id)
		return m.Email, err
	}
	account, err := a.Accounts.Get(ctx, id)
	return account.Email, err
}

// newHouse builds it without engines; adjust may plug them in.
func newHouse(t *testing.T, store *db.Store, adjust ...func(*Parts)) *house {
	t.Helper()
	p := people.New(t, store)
	h := &house{people: p, email: "marit@seller.example"}
	h.parts = Parts{
		Store: store, Audit: p.Log, Vault: vaults.New(t, store, p.Log, p.Clock), Jobs: p.Queue,
		Mail: p.Outbox, Consents: privacy.NewConsents(store, p.Log, p.Clock), Clock: p.Clock, People: addresses{p},
		Link: func(id string) string { return people.BaseURL + "/" + id },
	}
	for _, f := range adjust {
		f(&h.parts)
	}
	h.Service = New(h.parts)
	h.seller = p.Seller(t, h.email).Actor()
	member := func(name string, roles ...staff.Role) audit.Actor { return p.Member(t, name, roles...).Actor() }
	h.ann, h.ben = member("Ann Reviewer", staff.Reviewer), member("Ben Reviewer", staff.Reviewer)
	h.cara, h.lea = member("Cara Reviewer", staff.Reviewer, staff.Auditor), member("Lea Lead", staff.Lead)
	h.agent, h.reader = member("Anton Agent", staff.Agent), member("Ada Auditor", staff.Auditor)
	return h
}

func withEngines(t *testing.T) func(*Parts) {
	t.Helper()
	runtime := enginetest.Open(t)
	faces, err := face.Open(runtime, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faces.Close() })
	meshes, err := mesh.Open(runtime, "")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := document.NewReader()
	if err != nil {
		t.Fatal(err)
	}
	return func(p *Parts) { p.Faces, p.Meshes, p.Documents = faces, meshes, reader }
}

// want fails unless err has this code and reason.
func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must returns the value of a call that has to work: must(x(...))(t).
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

// marit is what the seller of the tests says about herself.
var marit = Details{
	Country: "SE", Kind: Business, GivenNames: "Marit Elisabet", FamilyName: "Lindqvist", BusinessName: "Lindqvist Keramik",
	BirthDate: "1989-03-14",
	Address:   Address{Line1: "Hamngatan 12", Line2: "Lgh 5", Postcode: "211 22", City: "Malmö", Region: "Skåne"},
}

// shot is a picture of nothing much, different for each seed.
func shot(seed int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 800, 560))
	for y := range 560 {
		for x := range 800 {
			img.SetRGBA(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), uint8(seed * 37), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func faceNotice() string {
	n, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	return n.Version
}

// draft begins an application on the road on documents with details given.
func (h *house) draft(t *testing.T) Application {
	t.Helper()
	app := must(h.Start(t.Context(), h.seller))(t)
	must(h.SaveDetails(t.Context(), h.seller, app.ID, marit, true))(t)
	return must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), false))(t)
}

// ready completes a draft on documents: a passport and a bill.
func (h *house) ready(t *testing.T) Application {
	t.Helper()
	app := h.draft(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)}))(t)
	must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	return must(h.Get(t.Context(), h.seller, app.ID))(t)
}

// waiting sends an application and lets the machine finish.
func (h *house) waiting(t *testing.T) Application {
	t.Helper()
	app := h.ready(t)
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	return h.analysed(t, app.ID)
}

func (h *house) analysed(t *testing.T, id string) Application {
	t.Helper()
	must(h.people.Queue.Drain(t.Context()))(t)
	return must(h.Get(t.Context(), h.seller, id))(t)
}

var (
	refusal  = Decision{Kind: Refuse, ReasonCode: "document.expired", Words: "The passport ran out last spring."}
	approval = Decision{Kind: Approve}
)

// refused takes a waiting application through both refusing people.
func (h *house) refused(t *testing.T) Application {
	t.Helper()
	app := h.waiting(t)
	app = must(h.Decide(t.Context(), h.ann, app.ID, app.Version, refusal))(t)
	return must(h.SecondLook(t.Context(), h.ben, app.ID, app.Version, SecondLook{Confirm: true}))(t)
}

// noted are the actions in the log about an application, oldest first.
func (h *house) noted(t *testing.T, id string) []string {
	t.Helper()
	return h.people.Noted(t, subject(id))
}

func (h *house) wantNoted(t *testing.T, id string, actions ...string) {
	t.Helper()
	have := h.noted(t, id)
	for _, a := range actions {
		if !slices.Contains(have, a) {
			t.Errorf("the log has no %q: %v", a, have)
		}
	}
}

// demoPhoto is a photograph that comes with the face-api package.
func demoPhoto(t *testing.T, name string) *image.RGBA {
	t.Helper()
	path := filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", name)
	raw := must(os.ReadFile(path))(t)
	p, err := picture.Decode(raw, picture.DefaultLimits)
	ok(t, err)
	return p.RGBA
}

func fonts(t *testing.T) *specimen.Fonts {
	t.Helper()
	f, err := specimen.OpenFonts(filepath.Join(enginetest.Root(t), "build", "engine", "fonts"))
	if err != nil {
		enginetest.Absent(t, "OCR-B is not installed; set-up brings it (Debian package fonts-ocr-b)")
	}
	return f
}

// passport draws marit's passport with a portrait, as a JPEG.
func passport(t *testing.T, portrait image.Image, change func(*specimen.Spec)) []byte {
	t.Helper()
	s := specimen.Spec{
		Kind: specimen.Passport, Portrait: portrait, Surname: "Lindqvist", GivenNames: "Marit Elisabet", Number: "UT4711081", Sex: "F",
		Born:   time.Date(1989, 3, 14, 0, 0, 0, 0, time.UTC),
		Issued: time.Date(2022, 5, 6, 0, 0, 0, 0, time.UTC), Expires: time.Date(2032, 5, 5, 0, 0, 0, 0, time.UTC),
	}
	if change != nil {
		change(&s)
	}
	page, err := specimen.Draw(fonts(t), s)
	ok(t, err)
	return must(picture.EncodeJPEG(page, 92))(t)
}

// greyHead is a portrait without a face, for documents of which only the print
// matters.
func greyHead() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 300, 400))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{150, 150, 150, 255}), image.Point{}, draw.Src)
	return img
}
