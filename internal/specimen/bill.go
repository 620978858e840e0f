package specimen

import (
	"image"
	"image/color"
	"strings"
)

// bill is a paper page that proves an address, for the road without a camera.
func bill(f *Fonts, s Spec) *image.RGBA {
	p := newPage(f, billW, billH, color.RGBA{253, 253, 251, 255})
	blue := color.RGBA{24, 84, 130, 255}
	p.fill(image.Rect(0, 0, billW, 16), blue)
	f.text(p.RGBA, f.bold, 46, 110, 130, blue, "Utopia Water & Light")
	f.text(p.RGBA, f.bold, 40, 900, 130, red, "SPECIMEN")
	p.paragraph(22, 110, 172, 30, faded, "Harbour Road 7, 10001 Amaurot, Utopia")
	p.overprint(image.Rect(120, 500, 1120, 1500), red, 0.09)
	p.paragraph(30, 110, 330, 42, ink, s.GivenNames+" "+s.Surname+"\n"+strings.Join(s.Address, "\n")+"\nUtopia")
	p.field(800, 330, "Customer No.", s.Number)
	p.field(800, 410, "Date of invoice", printed(s.Issued))
	p.field(800, 490, "Pay by", printed(s.Issued.AddDate(0, 0, 21)))
	f.text(p.RGBA, f.bold, 36, 110, 640, ink, "Electricity and water, one quarter")
	rows := [][3]string{{"Item", "Quantity", "UTD"}, {"Electricity, 612 kWh", "612", "146.88"}, {"Electricity, standing charge", "3", "27.00"},
		{"Water, 21 cubic metres", "21", "54.60"}, {"Waste water", "21", "60.90"}, {"Total, tax included", "", "289.38"}}
	for i, r := range rows {
		y, font := 720+64*float64(i), f.regular
		if i == 0 || i == len(rows)-1 {
			font = f.bold
		}
		f.text(p.RGBA, font, 27, 110, y, ink, r[0])
		f.text(p.RGBA, font, 27, 900-f.width(font, 27, r[1]), y, ink, r[1])
		f.text(p.RGBA, font, 27, 1130-f.width(font, 27, r[2]), y, ink, r[2])
		p.fill(image.Rect(110, int(y)+20, 1130, int(y)+22), color.RGBA{214, 218, 224, 255})
	}
	p.paragraph(24, 110, 1200, 40, ink, "Supply address\n"+strings.Join(s.Address, ", ")+
		"\n\nPlease pay to Bank of Amaurot, account UT00 0000 0000 0000.\nThis page is a specimen of a country that does not exist.")
	return p.RGBA
}
