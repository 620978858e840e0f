package bill

import (
	"regexp"
	"strings"
)

// numbered is a kind of number with the words that announce it: in a run of
// words, or alone at the head of its column.
type numbered struct{ labels, heads []string }

var (
	invoiceNumber = numbered{
		phrases("invoice number", "invoice no", "invoice nr", "invoice id", "invoice ref", "bill number", "bill no", "statement number", "rechnungsnr", "rechnungsnummer", "rechnung nr", "rechnungs nr", "rechnung nummer", "rg nr", "belegnummer", "beleg nr",
			"facture n", "facture no", "numero de facture", "n de facture", "numero facture", "facture numero", "factuurnummer", "factuurnr", "factuur nr", "factuur nummer", "notanummer", "factura n", "numero de factura", "fattura n", "numero fattura"),
		phrases("invoice", "rechnung", "factuur", "facture")}
	accountNumber = numbered{
		phrases("account number", "account no", "account nr", "customer number", "customer no", "customer nr", "customer id", "customer reference", "client number", "client id", "client no", "contract number", "contract account", "policy number",
			"kundennr", "kundennummer", "kunden nr", "vertragskonto", "vertragskontonummer", "vertragsnummer", "vertragsnr", "kontonummer", "steuernummer", "aktenzeichen",
			"klantnummer", "klantnr", "klant nr", "klantcode", "contractnummer", "relatienummer", "debiteurnummer",
			"id client", "numero client", "numero de client", "n client", "n de client", "reference client", "numero de compte", "n de compte", "numero de contrat", "compte client", "numero de cliente", "codice cliente"),
		phrases("klant", "customer", "kunde", "client", "account")}
)

// token is what numbers of papers look like: at least three digits.
var token = regexp.MustCompile(`[#a-z0-9][a-z0-9_./#-]{2,29}`)

func (s *segment) tokens(from int) (Fact, bool) {
	for _, at := range token.FindAllStringIndex(s.plain[from:], -1) {
		word := s.plain[from+at[0] : from+at[1]]
		digits := len(word) - len(strings.Trim(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, word), ""))
		if digits < 3 || len(numeric.FindString(word)) == len(word) || len(money.FindString(word)) == len(word) {
			continue
		}
		f := s.fact(from+at[0], from+at[1])
		f.Value = strings.Trim(f.Text[strings.LastIndexAny(f.Text, "°:")+1:], ".,;:#°� ")
		if i := strings.Index(fold(f.Text), word); i >= 0 && i+len(word) <= len(f.Text) && len(fold(f.Text)) == len(f.Text) {
			f.Value = strings.Trim(f.Text[i:i+len(word)], ".,;:#")
		}
		return f, f.Value != ""
	}
	return Fact{}, false
}

// number finds what stands behind, or under, the words that announce it.
func (d *paper) number(k numbered) Fact {
	var best Fact
	take := func(f Fact, ok bool, sure float64, why Why) {
		if ok && sure > best.Sure {
			f.Sure, f.Why = sure, why
			best = f
		}
	}
	for _, s := range d.segments {
		for _, label := range k.labels {
			end, ok := behind(s.plain, label)
			if !ok {
				continue
			}
			if f, ok := s.tokens(end); ok {
				take(f, true, 0.9, ByLabel)
				continue
			}
			if strings.TrimSpace(bare(s.plain[end:])) != "" {
				continue
			}
			if list := d.right(s); len(list) > 0 {
				f, ok := list[0].tokens(0)
				take(f, ok, 0.85, ByLabel)
			}
			d.below(s, func(o *segment) {
				f, ok := o.tokens(0)
				take(f, ok, 0.8, ByHead)
			})
		}
		if contains(k.heads, bare(s.plain)) {
			d.below(s, func(o *segment) {
				f, ok := o.tokens(0)
				take(f, ok, 0.6, ByHead)
			})
		}
	}
	return best
}

// below hands over the segments whose nearest one above is s.
func (d *paper) below(s *segment, see func(*segment)) {
	for _, o := range d.segments {
		if o.page == s.page && o.y > s.y && o.y-s.y < 4*s.h && d.above(o) == s {
			see(o)
		}
	}
}

// behind is where a label ends in a folded text, whatever stands between its words.
func behind(plain, label string) (int, bool) {
	words := strings.Fields(label)
	for at := 0; at < len(plain); {
		i := strings.Index(plain[at:], words[0])
		if i < 0 {
			return 0, false
		}
		start := at + i
		at = start + len(words[0])
		if start > 0 && isWord(plain[start-1]) {
			continue
		}
		end, ok := at, true
		for _, w := range words[1:] {
			rest := plain[end:]
			cut := strings.TrimLeft(rest, " .:°-/")
			if ok = len(cut) < len(rest) && strings.HasPrefix(cut, w); !ok {
				break
			}
			end += len(rest) - len(cut) + len(w)
		}
		if ok && (end >= len(plain) || !isLetter(plain[end])) {
			return end, true
		}
	}
	return 0, false
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
func isWord(c byte) bool   { return isLetter(c) || c >= '0' && c <= '9' }

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
