package sellers

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"time"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
)

// reading is what is sealed of one reading of a document.
type reading struct {
	State  ReadingState
	Format string
	Lines  []string
	Fields map[FieldName]readField
	// Refuted names the check digits that contradict what they cover.
	Refuted []string
	// FullNames: the zone's room for names is used up, so they may be cut off.
	FullNames bool

	evidenceID string
}

type readField struct {
	Value string
	Sure  bool
	Box   Box
}

// better reports whether a reading with this state is to be preferred.
func (s ReadingState) better(than ReadingState) bool {
	rank := map[ReadingState]int{ReadingSure: 3, ReadingUnsure: 2, ReadingFailed: 1}
	return rank[s] > rank[than]
}

// look says at once what is wrong with the picture of a document or paper, and
// reads the document's machine-readable zone. A driving licence has none.
func (s *Service) look(ctx context.Context, a *addition) error {
	if a.print != nil { // nobody held a camera
		return nil
	}
	var got *document.Reading
	if a.kind == EvidenceDocument {
		var err error
		if got, err = s.readZone(a); err != nil {
			return err
		}
	}
	find := func(reason string) { a.evidence.Findings = append(a.evidence.Findings, reason) }
	for _, f := range document.Assess(a.img, got) {
		find(f.Reason)
	}
	if a.evidence.Reading == ReadingFailed && a.evidence.expectsZone() {
		find("document.no-zone")
	}
	if !a.portrait || a.evidence.Side != Front || s.faces == nil {
		return nil
	}
	faces, err := s.faces.Find(a.img)
	if err != nil {
		return fmt.Errorf("find portrait: %w", err)
	}
	if len(faces) == 0 {
		find(noPortrait)
	}
	place, err := s.portraitPlace(ctx, got)
	if err != nil {
		return err
	}
	a.cut, err = s.cutPortrait(a.img, portraitFirst(faces, place))
	return err
}

// expectsZone reports whether this side surely has a machine-readable zone:
// a passport's front; of a card either side may carry it.
func (e Evidence) expectsZone() bool { return e.DocumentKind == Passport && e.Side == Front }

// readZone reads the zone of a side that may have one; nil when there is none.
func (s *Service) readZone(a *addition) (*document.Reading, error) {
	if a.evidence.DocumentKind == Licence {
		return nil, nil
	}
	if s.documents == nil {
		a.evidence.Reading = ReadingMissing
		return nil, nil
	}
	got, err := s.documents.Read(a.img)
	if err == nil && got.Turns != 0 { // keep it the right way up, and read it as it is kept
		a.img = picture.Rotate(a.img, got.Turns)
		if a.jpeg, err = picture.EncodeJPEG(a.img, keptQuality); err != nil {
			return nil, err
		}
		got, err = s.documents.Read(a.img)
	}
	if errors.Is(err, document.ErrNoZone) {
		a.evidence.Reading = ReadingFailed
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	r := newReading(got, a.img.Rect, s.clock.Now())
	a.reading, a.evidence.Reading = &r, r.State
	return &got, nil
}

// newReading takes the fields over. A field is sure only when the whole reading
// is; names are covered by no check digit, so nothing less will do for them.
func newReading(got document.Reading, bounds image.Rectangle, now time.Time) reading {
	r := reading{State: ReadingUnsure, Format: string(got.MRZ.Format), Lines: got.Lines, Fields: map[FieldName]readField{}}
	if got.Sure {
		r.State = ReadingSure
	}
	for _, c := range got.MRZ.Checks {
		if c.Outcome == document.Refuted {
			r.Refuted = append(r.Refuted, c.Field)
		}
	}
	r.FullNames = fullNames(got)
	m := got.MRZ
	values := map[FieldName]string{
		FieldFamilyName: m.Surname, FieldGivenNames: m.GivenNames, FieldNumber: m.Number,
		FieldIssuer: m.IssuingState, FieldNationality: m.Nationality, FieldSex: strings.Trim(m.Sex, "<"),
		FieldBirthDate: date(m.Born(now)), FieldExpiry: date(m.Expires(now)),
	}
	for name, value := range values {
		if value != "" {
			r.Fields[name] = readField{Value: value, Sure: got.Sure, Box: place(got, name).within(bounds)}
		}
	}
	return r
}

// date writes a day that could be read, and nothing for one that could not.
func date(d time.Time, err error) string {
	if err != nil {
		return ""
	}
	return d.Format(dateFormat)
}

// fullNames reports whether the room for names is used to the last character:
// then ICAO Doc 9303-3, 4.6, allows them to be cut off.
func fullNames(got document.Reading) bool {
	at, found := places[got.MRZ.Format][FieldFamilyName]
	if !found || at.line >= len(got.Lines) || at.to > len(got.Lines[at.line]) {
		return false
	}
	return got.Lines[at.line][at.to-1] != '<'
}

// spot is where a field stands in the lines: columns [from, to).
type spot struct{ line, from, to int }

// places are the fields of ICAO Doc 9303 parts 4 to 7. Both names share one run.
var places = map[document.Format]map[FieldName]spot{
	document.TD1: {
		FieldFamilyName: {2, 0, 30}, FieldGivenNames: {2, 0, 30}, FieldNumber: {0, 5, 14}, FieldIssuer: {0, 2, 5},
		FieldBirthDate: {1, 0, 6}, FieldSex: {1, 7, 8}, FieldExpiry: {1, 8, 14}, FieldNationality: {1, 15, 18},
	},
	document.TD2: twoLinePlaces(36), document.TD3: twoLinePlaces(44),
	document.MRVA: twoLinePlaces(44), document.MRVB: twoLinePlaces(36),
	document.IDFRA: {
		FieldFamilyName: {0, 5, 30}, FieldGivenNames: {1, 13, 27}, FieldNumber: {1, 0, 12}, FieldIssuer: {0, 2, 5},
		FieldBirthDate: {1, 27, 33}, FieldSex: {1, 34, 35},
	},
}

func twoLinePlaces(width int) map[FieldName]spot {
	return map[FieldName]spot{
		FieldFamilyName: {0, 5, width}, FieldGivenNames: {0, 5, width}, FieldNumber: {1, 0, 9}, FieldIssuer: {0, 2, 5},
		FieldNationality: {1, 10, 13}, FieldBirthDate: {1, 13, 19}, FieldSex: {1, 20, 21}, FieldExpiry: {1, 21, 27},
	}
}

// place finds a field in the picture: its share of the zone's frame.
func place(got document.Reading, name FieldName) Box {
	at, found := places[got.MRZ.Format][name]
	if !found || at.line >= len(got.Lines) {
		return Box{}
	}
	width, height := float64(len(got.Lines[0])), float64(len(got.Lines))
	corner := func(column, line float64) picture.Point { return inside(got.Band, column/width, line/height) }
	q := picture.Quad{
		corner(float64(at.from), float64(at.line)), corner(float64(at.to), float64(at.line)),
		corner(float64(at.to), float64(at.line+1)), corner(float64(at.from), float64(at.line+1)),
	}
	b := q.Bounds()
	return Box{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}
}

// inside is the point at shares u, v of a frame's width and height. Between the
// corners it goes straight, which is exact enough for a narrow band.
func inside(q picture.Quad, u, v float64) picture.Point {
	mix := func(a, b, c, d float64) float64 { return (a*(1-u)+b*u)*(1-v) + (d*(1-u)+c*u)*v }
	return picture.Point{X: mix(q[0].X, q[1].X, q[2].X, q[3].X), Y: mix(q[0].Y, q[1].Y, q[2].Y, q[3].Y)}
}

// within cuts a box to a picture.
func (b Box) within(bounds image.Rectangle) Box {
	r := image.Rect(b.X, b.Y, b.X+b.W, b.Y+b.H).Intersect(bounds)
	return Box{r.Min.X, r.Min.Y, r.Dx(), r.Dy()}
}
