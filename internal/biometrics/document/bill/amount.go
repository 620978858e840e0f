package bill

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// money is an amount with two decimals: 1,234.56, 1.234,56, 1 234,56 or 1234.56.
var money = regexp.MustCompile(`-?(?:\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,3}(?: \d{3})+,\d{2}|\d{1,3}(?:'\d{3})+\.\d{2}|\d{1,9}[.,]\d{2})`)

// amount is one where it stands.
type amount struct {
	cents    int64
	s        *segment
	from, to int
}

func (s *segment) amounts() []amount {
	var out []amount
	for _, at := range money.FindAllStringIndex(s.plain, -1) {
		from, to := at[0], at[1]
		if !alone(s.plain, from, min(to, len(s.plain))) && !currencyAt(s.plain, from, to) {
			continue
		}
		if rest := strings.TrimLeft(s.plain[to:], " "); strings.HasPrefix(rest, "%") {
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '-' {
				return r
			}
			return -1
		}, s.plain[from:to])
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			out = append(out, amount{n, s, from, to})
		}
	}
	return out
}

// currencyAt reports whether letters that touch an amount are a currency: 12.50eur.
func currencyAt(s string, from, to int) bool {
	before, after := s[:from], s[to:]
	for word := range currencies {
		if strings.HasSuffix(before, word) && alone(s, from-len(word), to) || strings.HasPrefix(after, word) && alone(s, from, to+len(word)) {
			return true
		}
	}
	return false
}

// currencies by what is printed, folded.
var currencies = map[string]string{
	"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "us dollars": "USD", "£": "GBP", "gbp": "GBP", "₹": "INR", "inr": "INR", "rs": "INR", "rs.": "INR",
	"chf": "CHF", "sfr": "CHF", "fr.": "CHF", "¥": "JPY", "jpy": "JPY", "pln": "PLN", "zł": "PLN", "czk": "CZK", "kč": "CZK", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "huf": "HUF",
	"cad": "CAD", "aud": "AUD", "nzd": "NZD", "brl": "BRL", "r$": "BRL", "zar": "ZAR", "sgd": "SGD", "hkd": "HKD", "try": "TRY", "₺": "TRY", "ron": "RON", "bgn": "BGN", "cny": "CNY",
}

// currency is the one whose marks stand most often on the paper.
func (d *paper) currency() Fact {
	counts, first := map[string]int{}, map[string]Fact{}
	for _, s := range d.segments {
		for i, w := range s.words {
			word := strings.Trim(fold(w.Text), ".:;()*,0123456789-")
			code, ok := currencies[word]
			if !ok && word != "" {
				for _, mark := range []string{"€", "$", "£", "₹", "¥"} {
					if strings.Contains(word, mark) {
						code, ok = currencies[mark], true
					}
				}
			}
			if !ok {
				continue
			}
			if counts[code]++; counts[code] == 1 {
				f := s.fact(s.at[i], s.at[i]+len(fold(w.Text)))
				f.Value, f.Why = code, ByMost
				first[code] = f
			}
		}
	}
	all, most := 0, ""
	for code, n := range counts {
		all += n
		if n > counts[most] || n == counts[most] && code < most {
			most = code
		}
	}
	f := first[most]
	if all > 0 {
		f.Sure = 0.9 * float64(counts[most]) / float64(all)
	}
	return f
}

var (
	sumLabels = phrases("total amount due", "amount due", "total due", "balance due", "total to pay", "amount payable", "total payable", "please pay", "to pay", "grand total", "invoice total", "total for this invoice",
		"total amount", "total charges", "total incl", "total including", "tax included", "vat included", "including vat", "incl vat", "incl tax", "new charges", "amount of this bill",
		"gesamtbetrag", "rechnungsbetrag", "rechnungssumme", "zahlbetrag", "endbetrag", "gesamtsumme", "gesamtpreis", "bruttobetrag", "brutto", "zu zahlen", "zahlender betrag", "zahlen sie", "forderungsbetrag", "inkl mwst", "inkl ust", "inklusive",
		"somme a payer", "montant a payer", "net a payer", "reste a payer", "a payer", "total ttc", "montant ttc", "ttc", "total facture", "montant total", "montant du prelevement", "toutes taxes comprises",
		"te betalen", "totaal te betalen", "totaal te voldoen", "te voldoen", "totaalbedrag", "factuurbedrag", "factuur totaal", "notabedrag", "totaal incl", "totaal inclusief", "inclusief btw", "incl btw",
		"importe total", "total a pagar", "totale da pagare", "totale fattura")
	plainSum = phrases("total", "totals", "totaal", "summe", "gesamt", "totale", "betrag", "montant")
	partSum  = phrases("subtotal", "sub total", "subtotaal", "zwischensumme", "sous total", "excl", "exclusief", "excluding", "ohne", "net", "netto", "ht", "hors", "tax", "vat", "taxes", "mwst", "ust", "btw", "tva", "gst", "iva",
		"discount", "rabatt", "remise", "korting", "saved", "savings", "credits", "previous", "bisher", "last", "kwh", "qty", "quantity", "items", "menge", "aantal", "quantite", "prix unitaire", "unit price", "saldo", "brought forward", "ubertrag", "deposit")
)

// ofSum judges the words beside an amount.
func ofSum(label string) int {
	label = bare(label)
	switch {
	case last(label, sumLabels) >= 0:
		return strongly
	case last(label, partSum) >= 0:
		return against
	case last(label, plainSum) >= 0:
		return plainly
	}
	return unsaid
}

// total is the largest of the amounts that are best labelled as the sum.
func (d *paper) total() (sum, currency Fact) {
	currency = d.currency()
	best, found := amount{}, unsaid
	var why Why
	take := func(list []amount, said int, by Why) {
		for _, a := range list {
			if a.cents > 0 && (said > found || said == found && a.cents > best.cents) {
				best, found, why = a, said, by
			}
		}
	}
	for _, s := range d.segments {
		own := s.amounts()
		label := s.plain
		if len(own) > 0 {
			label = s.plain[:own[0].from] + " " + s.plain[own[len(own)-1].to:]
		}
		said := unsaid
		if len(bareWords(label)) <= 2*mostLabel {
			said = ofSum(label)
		}
		switch {
		case said > unsaid && len(own) > 0:
			take(own, said, ByLabel)
		case said > unsaid:
			take(d.row(s), said, ByLabel)
		}
	}
	if found < plainly {
		for _, s := range d.segments {
			if a := d.above(s); a != nil && len(a.words) <= mostLabel && ofSum(a.plain) > unsaid {
				take(s.amounts(), plainly, ByHead)
			}
		}
	}
	if found == unsaid {
		return sum, currency
	}
	sum = best.s.fact(best.from, best.to)
	sum.Value, sum.Why = strconv.FormatFloat(float64(best.cents)/100, 'f', 2, 64), why
	sum.Sure = map[int]float64{strongly: 0.9, plainly: 0.75}[found]
	if why == ByHead {
		sum.Sure = 0.5
	}
	return sum, currency
}

func bareWords(s string) []string { return strings.Fields(bare(s)) }

// row are the amounts to the right of a label, up to the next label.
func (d *paper) row(s *segment) []amount {
	var out []amount
	for _, o := range d.right(s) {
		list := o.amounts()
		words := bareWords(money.ReplaceAllString(o.plain, " "))
		words = slices.DeleteFunc(words, func(w string) bool { return currencies[w] != "" || w == "ttc" || strings.Trim(w, "0123456789") == "" })
		if len(words) > 0 {
			break
		}
		out = append(out, list...)
	}
	return out
}
