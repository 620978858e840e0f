package specimen

import (
	"image"
	"image/color"
	"strings"

	"golang.org/x/text/unicode/norm"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/aamva"
	"truepenny/internal/biometrics/document/barcode/pdf417"
)

// Licence returns what the bar code on the back of a licence says. Utopia has
// no issuer number of AAMVA's, and "UO" is nobody's postal code.
func (s Spec) Licence() aamva.Licence {
	plain := document.Transliterate
	l := aamva.Licence{
		Kind: "DL", IIN: "000000", Version: 10, Jurisdiction: "UO", Country: "UTO",
		FamilyName: plain(s.Surname), Born: s.Born, Issued: s.Issued, Expires: s.Expires, Number: s.Number, Sex: s.Sex,
		Address: aamva.Address{Region: "UO"},
	}
	l.FirstName, l.MiddleNames, _ = strings.Cut(plain(s.GivenNames), " ")
	if len(s.Address) > 0 {
		l.Address.Line1 = ascii(s.Address[0])
	}
	if len(s.Address) > 1 { // "10001 Amaurot"
		l.Address.Postcode, l.Address.City, _ = strings.Cut(ascii(s.Address[1]), " ")
	}
	return l
}

// ascii writes capitals without accents, as issuers do in addresses.
func ascii(v string) string {
	return strings.Map(func(r rune) rune {
		if r > 127 {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToUpper(v)))
}

// Shape of the bar code: what a licence says fills about 20 rows of 14 columns,
// of which an eighth may be damaged.
const (
	barcodeColumns, barcodeLevel = 14, 5
	barcodeModule, barcodeRow    = 3.7, 11 // pixels; the card has 14.5 a millimetre
)

func licenceBack(f *Fonts, s Spec) (*image.RGBA, error) {
	p := newPage(f, cardW, cardH, color.RGBA{248, 232, 236, 255})
	table := image.Rect(0, 250, cardW, cardH)
	p.guilloche(table, color.RGBA{238, 208, 216, 255}, color.RGBA{214, 222, 238, 255}, 11)
	p.overprint(image.Rect(100, 330, 1140, 770), red, 0.16)
	for i, category := range []string{"AM", "A1", "A2", "A", "B1", "B", "C1", "C", "D1", "D", "BE"} {
		y := 352 + 35*float64(i)
		p.fill(image.Rect(60, int(y)+8, 1180, int(y)+9), faded)
		f.text(p.RGBA, f.bold, 22, 80, y, ink, category)
		if category == "AM" || category == "B" {
			f.text(p.RGBA, f.regular, 22, 400, y, ink, s.Issued.Format("02.01.06"))
			f.text(p.RGBA, f.regular, 22, 700, y, ink, s.Expires.Format("02.01.06"))
		}
	}
	f.text(p.RGBA, f.bold, 26, 80, 762, red, "SPECIMEN  "+s.Number)
	return p.RGBA, p.barcode(s, 36)
}

// barcode prints the licence's data on a white strip below y.
func (p *page) barcode(s Spec, y int) error {
	text, err := aamva.Compose(s.Licence(), [2]string{"ZUA", "SPECIMEN"})
	if err != nil {
		return err
	}
	rows, err := pdf417.Encode([]byte(text), barcodeColumns, barcodeLevel)
	if err != nil {
		return err
	}
	width := float64(len(rows[0])) * barcodeModule
	left := (float64(p.Bounds().Dx()) - width) / 2
	p.fill(image.Rect(0, 0, p.Bounds().Dx(), y+len(rows)*barcodeRow+24), offset)
	black := color.RGBA{24, 24, 28, 255}
	for r, row := range rows {
		for k := 0; k < len(row); k++ {
			from := k
			for k < len(row) && row[k] {
				k++
			}
			p.bar(left+float64(from)*barcodeModule, left+float64(k)*barcodeModule, y+r*barcodeRow, black)
		}
	}
	return nil
}

// bar prints one bar of a row, its edges between pixels.
func (p *page) bar(from, to float64, y int, c color.RGBA) {
	for yy := y; yy < y+barcodeRow; yy++ {
		for x := int(from); float64(x) < to; x++ {
			p.blend(x, yy, c, min(float64(x+1), to)-max(float64(x), from))
		}
	}
}
