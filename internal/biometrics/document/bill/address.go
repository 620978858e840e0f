package bill

import (
	"regexp"
	"strings"
	"unicode"

	"truepenny/internal/biometrics/text"
)

// postcode is one of a country of which we know the form: digits with a place
// beside them, or letters and digits as in the Netherlands, the United Kingdom and Canada.
var postcode = regexp.MustCompile(`\b(?:[a-z]{1,2}-)?\d{4,6}\b|\b\d{4} ?[a-z]{2}\b|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b|\b\d{3} \d{2}\b|\b\d{2}-\d{3}\b`)

// street is a line with a house number at its beginning or end.
var street = regexp.MustCompile(`^\d+[a-z]?(?:[ ,/-].*)?[a-z]{3}|[a-z]{3,}\.? \d+ ?[a-z]?(?:[ /-]\d+ ?[a-z]?)?$`)

// noAddress stands in lines that end an address or are none.
var noAddress = phrases("phone", "tel", "telephone", "fax", "email", "e mail", "www", "iban", "bic", "swift", "vat", "btw", "kvk", "ustid", "tva", "siren", "siret", "invoice", "rechnung", "factuur", "facture", "rechnungsnr", "factuurnummer", "date", "datum", "rechnungsdatum", "factuurdatum",
	"klantnummer", "kundennr", "total", "totaal", "page", "seite", "artikel", "order", "ordernummer", "betaal", "amount", "account", "price", "qty", "tax", "customer no", "pay", "specimen", "item", "supply", "service", "bank")

// labelled reports whether words announce the address of who gets the bill.
func labelled(plain string) bool {
	words := bareWords(plain)
	return len(words) > 0 && len(words) <= 5 && last(strings.Join(words, " "), toLabels) >= 0
}

// elsewhere announces an address where goods or power go, which may be another's.
var elsewhere = phrases("shipping", "ship", "delivery", "supply", "service", "lieferadresse", "lieferanschrift", "afleveradres", "bezorgadres", "verzendadres", "leveradres", "livraison", "installation")

// blockLabel is the short line right above a block's first.
func (d *paper) blockLabel(first *segment) string {
	if a := d.above(first); a != nil && len(a.words) <= 5 && first.y-a.y < 2.6*first.h {
		return a.plain
	}
	return ""
}

// addressee is the block that looks most like an address and is not the sender's.
func (d *paper) addressee(issuer, trade Fact) (name, address Fact) {
	best := 2.5
	for _, b := range d.blocks {
		lines, score := d.asAddress(b, issuer, trade)
		if score <= best {
			continue
		}
		best = score
		name = lines[0].fact(skipTitle(lines[0].plain), len(lines[0].plain))
		name.Value = name.Text
		address = Fact{Page: lines[0].page}
		var said []string
		for i, l := range lines {
			address.Box = address.Box.Join(text.Line{Words: l.words}.Box())
			if i == 0 {
				said = append(said, name.Value)
			} else {
				said = append(said, strings.Trim(l.said, ", "))
			}
		}
		address.Value = strings.Join(said, "\n")
		address.Text = address.Value
		address.Sure, address.Why = min(0.3+0.1*score, 0.95), ByPlace
		if score >= 6 {
			address.Why = ByLabel
		}
		name.Sure, name.Why = address.Sure, address.Why
	}
	return name, address
}

// skipTitle leaves "ATTN:" and the like out of a name.
func skipTitle(plain string) int {
	for _, t := range []string{"attn:", "attn", "attention:", "t.a.v.", "z.hd.", "z. hd.", "a l'attention de", "name:", "to:"} {
		if strings.HasPrefix(plain, t+" ") {
			return len(t) + 1
		}
	}
	return 0
}

// asAddress takes the lines of a block that form an address, and says how much
// they look like that of who gets the bill.
func (d *paper) asAddress(b []*segment, issuer, trade Fact) ([]*segment, float64) {
	label := d.blockLabel(b[0])
	for len(b) > 1 && !labelled(b[0].plain) && last(bare(b[0].plain), noAddress) >= 0 { // a heading over it
		b = b[1:]
	}
	for len(b) > 1 && (labelled(b[0].plain) || skipTitle(b[0].plain+" ") == len(b[0].plain)+1) {
		label, b = b[0].plain, b[1:]
	}
	var lines []*segment
	for _, s := range b {
		if len(lines) > 0 && labelled(s.plain) { // the next field
			break
		}
		if len(lines) == 7 || len(s.words) > 9 || len(bare(s.plain)) < 3 || last(bare(s.plain), noAddress) >= 0 || strings.ContainsAny(s.plain, "@%€$") || len(s.amounts()) > 0 || len(s.dates(false, firstYear)) > 0 {
			break
		}
		lines = append(lines, s)
	}
	if len(lines) < 2 {
		return nil, 0
	}
	score, towns := 0.0, 0
	for i, l := range lines {
		switch {
		case i > 0 && postcode.MatchString(l.plain) && letters(l.plain) >= 3:
			towns++
			score = max(score, 0) + map[bool]float64{true: 2, false: 0}[towns == 1]
		case i > 0 && street.MatchString(l.plain):
			score++
		}
	}
	first := lines[0]
	page := d.pages[first.page]
	switch {
	case labelled(label) && last(bare(label), elsewhere) >= 0:
		score++
	case labelled(label):
		score += 3
	}
	if score == 0 || letters(first.plain) < 3 || strings.ContainsAny(first.plain[:1], "0123456789") {
		return nil, 0
	}
	if !labelled(label) && d.priced(lines) {
		return nil, 0
	}
	if first.page == 0 && first.y < 0.45*page.Height {
		score++
	}
	if len(lines) >= 3 {
		score++
	}
	if strings.IndexFunc(first.plain, unicode.IsDigit) < 0 {
		score += 0.5
	}
	for _, l := range lines {
		for _, who := range []Fact{issuer, trade} {
			if key := withoutForm(who.Value); key != "" && strings.Contains(" "+bare(l.plain)+" ", " "+key+" ") {
				score -= 5
			}
		}
	}
	return lines, score
}

// priced reports whether amounts stand beside most of the lines: they are goods.
func (d *paper) priced(lines []*segment) bool {
	n := 0
	for _, l := range lines {
		for _, o := range d.right(l) {
			if len(o.amounts()) > 0 {
				n++
				break
			}
		}
	}
	return 2*n > len(lines)
}

// addressed reports whether a segment belongs to a block whose label says that
// it is the address of who gets the bill.
func (d *paper) addressed(s *segment) bool {
	for _, b := range d.blocks {
		for i, o := range b {
			if o == s {
				return labelled(d.blockLabel(b[0])) || i > 0 && labelled(b[0].plain)
			}
		}
	}
	return false
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// issuerAddress is what stands in one line with the sender's name, as in the
// window of a letter, or under it.
func (d *paper) issuerAddress(issuer Fact) Fact {
	key := withoutForm(issuer.Value)
	if key == "" {
		return Fact{}
	}
	var best Fact
	for _, b := range d.blocks {
		for i, s := range b {
			if !strings.Contains(" "+bare(s.plain)+" ", " "+key+" ") {
				continue
			}
			f := d.under(b[i:])
			if rest := s.plain[strings.Index(s.plain, strings.Fields(key)[0]):]; postcode.MatchString(rest) && len(s.words) < 20 {
				f = s.fact(0, len(s.plain))
				f.Value, f.Sure = f.Text, 0.8
			}
			if f.Sure > best.Sure {
				best, best.Why = f, ByPlace
			}
		}
	}
	return best
}

func (d *paper) under(b []*segment) Fact {
	f := Fact{Page: b[0].page}
	var said []string
	for _, s := range b[:min(len(b), 5)] {
		if len(said) > 0 && last(bare(s.plain), noAddress) >= 0 {
			break
		}
		said = append(said, strings.Trim(s.said, ", "))
		f.Box = f.Box.Join(text.Line{Words: s.words}.Box())
		if len(said) > 1 && postcode.MatchString(s.plain) && letters(s.plain) >= 3 {
			f.Value, f.Sure = strings.Join(said, "\n"), 0.8
			f.Text = f.Value
			return f
		}
	}
	return Fact{}
}
