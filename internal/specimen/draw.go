package specimen

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"
	"time"

	"truepenny/internal/biometrics/document"
)

// Kind is one side of one sort of document.
type Kind string

// What can be drawn. Passport is a data page (TD3), CardBack carries the zone
// of an identity card (TD1), LicenceBack a bar code (PDF417 with AAMVA's text);
// a licence and a bill have no zone.
const (
	Passport     Kind = "passport"
	CardFront    Kind = "card-front"
	CardBack     Kind = "card-back"
	LicenceFront Kind = "licence-front"
	LicenceBack  Kind = "licence-back"
	UtilityBill  Kind = "utility-bill"
)

// ErrSpec says that a specification lacks something that its kind shows.
var ErrSpec = errors.New("specimen: incomplete")

// Spec is what a specimen says. Names, number and dates are printed as given;
// the zone follows from them.
type Spec struct {
	Kind       Kind
	Portrait   image.Image // head and shoulders; for the sides that show a face
	Surname    string
	GivenNames string
	Number     string // at most 9 characters; "UT" and seven digits look right
	Sex        string // "M", "F" or "X"
	Born       time.Time
	Issued     time.Time
	Expires    time.Time
	Birthplace string   // default "Amaurot"
	Address    []string // lines; card back, licence and bill
}

// ID-1 cards and the passport page are drawn at about 14 and 10 pixels a millimetre.
const (
	passportW, passportH = 1240, 880
	cardW, cardH         = 1240, 782
	passportMM, cardMM   = 125.0, 85.6
	billW, billH         = 1240, 1754
)

// Draw draws one side flat and sharp, as a scanner would see it: passport
// 1240 x 880, cards 1240 x 782, bill 1240 x 1754 pixels.
func Draw(f *Fonts, s Spec) (*image.RGBA, error) {
	if s.Birthplace == "" {
		s.Birthplace = "Amaurot"
	}
	if len(s.Address) == 0 {
		s.Address = []string{"1 Anyder Quay", "10001 Amaurot"}
	}
	face := s.Kind == Passport || s.Kind == CardFront || s.Kind == LicenceFront
	switch {
	case s.Surname == "" || s.Number == "":
		return nil, fmt.Errorf("%w: surname and number are needed", ErrSpec)
	case face && s.Portrait == nil:
		return nil, fmt.Errorf("%w: %s shows a face", ErrSpec, s.Kind)
	}
	switch s.Kind {
	case Passport:
		return passport(f, s)
	case CardFront:
		return cardFront(f, s), nil
	case CardBack:
		return cardBack(f, s)
	case LicenceFront:
		return licenceFront(f, s), nil
	case LicenceBack:
		return licenceBack(f, s)
	case UtilityBill:
		return bill(f, s), nil
	}
	return nil, fmt.Errorf("%w: kind %q", ErrSpec, s.Kind)
}

// MRZ returns the zone that Draw prints for a passport or the back of a card.
func (s Spec) MRZ() (document.MRZ, error) {
	m := document.MRZ{Format: document.TD3, DocumentType: "P", IssuingState: "UTO", Nationality: "UTO",
		Number: s.Number, Surname: s.Surname, GivenNames: s.GivenNames, Sex: s.Sex,
		BirthDate: s.Born.Format("060102"), ExpiryDate: s.Expires.Format("060102")}
	switch s.Kind {
	case Passport:
	case CardFront, CardBack:
		m.Format, m.DocumentType = document.TD1, "I"
	default:
		return document.MRZ{}, fmt.Errorf("%w: %s has no machine-readable zone", ErrSpec, s.Kind)
	}
	lines, err := document.Compose(m)
	if err != nil {
		return document.MRZ{}, err
	}
	return document.ParseMRZ(lines)
}

func passport(f *Fonts, s Spec) (*image.RGBA, error) {
	m, err := s.MRZ()
	if err != nil {
		return nil, err
	}
	p := newPage(f, passportW, passportH, color.RGBA{240, 243, 236, 255})
	p.guilloche(image.Rect(0, 0, passportW, 672), color.RGBA{204, 222, 212, 255}, color.RGBA{228, 214, 220, 255}, 3)
	p.heading("PASSPORT", "Republic of Utopia")
	p.overprint(image.Rect(420, 130, 1230, 660), red, 0.16)
	p.portrait(s.Portrait, image.Rect(50, 150, 400, 600))
	p.field(430, 150, "Type", "P")
	p.field(560, 150, "Code of issuing state", "UTO")
	p.field(860, 150, "Passport No.", s.Number)
	p.field(430, 228, "Surname", strings.ToUpper(s.Surname))
	p.field(430, 306, "Given names", strings.ToUpper(s.GivenNames))
	p.field(430, 384, "Nationality", "UTOPIAN")
	p.field(860, 384, "Sex", s.Sex)
	p.field(430, 462, "Date of birth", printed(s.Born))
	p.field(860, 462, "Place of birth", strings.ToUpper(s.Birthplace))
	p.field(430, 540, "Date of issue", printed(s.Issued))
	p.field(860, 540, "Date of expiry", printed(s.Expires))
	p.field(430, 618, "Authority", "PASSPORT OFFICE AMAUROT")
	p.signature(60, 648, 340, s.GivenNames+" "+s.Surname)
	p.zone(m.Lines, passportMM)
	return p.RGBA, nil
}

func cardFront(f *Fonts, s Spec) *image.RGBA {
	p := newPage(f, cardW, cardH, color.RGBA{234, 240, 245, 255})
	p.guilloche(p.Bounds(), color.RGBA{200, 216, 230, 255}, color.RGBA{226, 216, 200, 255}, 5)
	p.heading("IDENTITY CARD", "Republic of Utopia")
	p.overprint(image.Rect(440, 130, 1230, 760), red, 0.16)
	p.portrait(s.Portrait, image.Rect(50, 160, 430, 650))
	p.field(470, 170, "Surname", strings.ToUpper(s.Surname))
	p.field(470, 260, "Given names", strings.ToUpper(s.GivenNames))
	p.field(470, 350, "Sex", s.Sex)
	p.field(620, 350, "Nationality", "UTO")
	p.field(860, 350, "Date of birth", printed(s.Born))
	p.field(470, 440, "Date of expiry", printed(s.Expires))
	p.field(860, 440, "Document No.", s.Number)
	p.field(470, 530, "Place of birth", strings.ToUpper(s.Birthplace))
	p.signature(480, 680, 700, s.GivenNames+" "+s.Surname)
	return p.RGBA
}

func cardBack(f *Fonts, s Spec) (*image.RGBA, error) {
	m, err := s.MRZ()
	if err != nil {
		return nil, err
	}
	p := newPage(f, cardW, cardH, color.RGBA{234, 240, 245, 255})
	p.guilloche(image.Rect(0, 0, cardW, 480), color.RGBA{200, 216, 230, 255}, color.RGBA{226, 216, 200, 255}, 7)
	p.overprint(image.Rect(100, 20, 1140, 470), red, 0.16)
	p.field(60, 70, "Address", strings.Join(s.Address, ", "))
	p.field(60, 160, "Date of issue", printed(s.Issued))
	p.field(470, 160, "Authority", "CITY OF AMAUROT")
	p.field(60, 250, "Height", "1.75 m")
	p.field(470, 250, "Eyes", "BROWN")
	p.fonts.text(p.RGBA, f.bold, 24, 60, 400, red, "SPECIMEN. Utopia does not exist.")
	p.zone(m.Lines, cardMM)
	return p.RGBA, nil
}

func licenceFront(f *Fonts, s Spec) *image.RGBA {
	p := newPage(f, cardW, cardH, color.RGBA{248, 232, 236, 255})
	p.guilloche(p.Bounds(), color.RGBA{238, 208, 216, 255}, color.RGBA{214, 222, 238, 255}, 9)
	p.heading("DRIVING LICENCE", "Republic of Utopia")
	p.overprint(image.Rect(440, 130, 1230, 760), red, 0.16)
	p.portrait(s.Portrait, image.Rect(50, 170, 420, 650))
	rows := []string{"1.  " + strings.ToUpper(s.Surname), "2.  " + strings.ToUpper(s.GivenNames),
		"3.  " + s.Born.Format("02.01.2006") + "  " + strings.ToUpper(s.Birthplace),
		"4a. " + s.Issued.Format("02.01.2006") + "   4c. Amaurot", "4b. " + s.Expires.Format("02.01.2006"),
		"5.  " + s.Number, "8.  " + strings.Join(s.Address, ", "), "9.  AM  B"}
	for i, row := range rows {
		f.text(p.RGBA, f.bold, 29, 460, 200+62*float64(i), ink, row)
	}
	p.signature(480, 720, 700, s.GivenNames+" "+s.Surname)
	return p.RGBA
}

// heading prints the name of the document and of the country, and the mark.
func (p *page) heading(title, country string) {
	p.fonts.text(p.RGBA, p.fonts.bold, 44, 50, 76, color.RGBA{34, 70, 88, 255}, title)
	p.fonts.text(p.RGBA, p.fonts.regular, 26, 52, 114, faded, country)
	w := p.fonts.width(p.fonts.bold, 44, "SPECIMEN")
	p.fonts.text(p.RGBA, p.fonts.bold, 44, float64(p.Bounds().Dx())-50-w, 76, red, "SPECIMEN")
}

func printed(t time.Time) string { return strings.ToUpper(t.Format("02 Jan 2006")) }
