package bill

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// forms are the legal forms that end a company's name, as they are printed.
var forms = []string{"AG", "SA", "S.A.", "SAS", "S.A.S.", "SARL", "S.à", "GmbH", "mbH", "KG", "KGaA", "UG", "e.V.", "eG", "OHG", "B.V.", "BV", "N.V.", "NV", "V.O.F.", "Ltd", "Ltd.", "Limited", "LLC", "L.L.C.", "LLP", "Inc", "Inc.",
	"Corp", "Corp.", "Corporation", "plc", "PLC", "Plc", "SE", "S.p.A.", "SpA", "S.r.l.", "Srl", "S.L.", "Oy", "Oyj", "AB", "ASA", "A/S", "ApS", "Pty"}

// mailHosts give everybody an address, so their names say nothing.
var mailHosts = []string{"gmail", "googlemail", "hotmail", "outlook", "live", "yahoo", "gmx", "web", "icloud", "me", "aol", "orange", "wanadoo", "laposte", "t-online", "ziggo", "kpn", "proton", "protonmail", "example"}

var domain = regexp.MustCompile(`(?:[a-z0-9][a-z0-9-]*\.)+(?:com|net|org|eu|de|at|ch|fr|nl|be|uk|co|in|us|es|it|pl|se|no|dk|fi|ie|pt|cz|lu|io|example)\b`)

// company is one name that was found, with where it stands.
type company struct {
	name  string
	key   string // folded, without the legal form
	facts []Fact
	score float64
}

// issuer weighs the companies that are named: who sends a paper stands in its
// head or foot, more than once, and has an address on the web; whom it is sent
// to stands in an address.
func (d *paper) issuer() (issuer, trade Fact) {
	domains := d.domains()
	list := d.companies(domains)
	slices.SortStableFunc(list, func(a, b *company) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	if len(list) > 0 && list[0].score > 0 {
		c := list[0]
		issuer = c.facts[0]
		issuer.Value, issuer.Why = c.name, ByForm
		issuer.Sure = min(0.5+0.1*c.score, 0.95)
	}
	if trade = d.brand(domains, issuer); issuer.Sure == 0 {
		issuer, trade = trade, Fact{}
	}
	if issuer.Sure == 0 {
		issuer = d.headline()
	}
	return issuer, trade
}

func (d *paper) companies(domains []string) []*company {
	var list []*company
	for _, s := range d.segments {
		for _, f := range s.companies() {
			key := withoutForm(f.Value)
			i := slices.IndexFunc(list, func(c *company) bool { return c.key == key })
			if i < 0 {
				list, i = append(list, &company{name: f.Value, key: key}), len(list)
			}
			c := list[i]
			c.facts = append(c.facts, f)
			c.score += d.weigh(s, f)
		}
	}
	for _, c := range list {
		squeezed := strings.ReplaceAll(c.key, " ", "")
		for _, dom := range domains {
			stem := strings.ReplaceAll(dom, "-", "")
			if strings.Contains(squeezed, stem) || len(squeezed) > 3 && strings.Contains(stem, squeezed) {
				c.score += 3
				break
			}
		}
		c.score += min(float64(len(c.facts)-1), 2)
	}
	return list
}

// weigh says what the place of a name makes of it.
func (d *paper) weigh(s *segment, f Fact) float64 {
	height := d.pages[s.page].Height
	score := 0.5
	if s.page == 0 && (s.y < 0.25*height || s.y > 0.8*height) {
		score++
	}
	label := bare(s.plain)
	if last(label, toLabels) >= 0 || last(label, phrases("attn", "bank", "konto", "sparkasse", "c o")) >= 0 {
		score -= 3
	}
	if last(label, fromLabels) >= 0 {
		score += 2
	}
	if d.addressed(s) {
		score -= 4
	}
	return score
}

var (
	fromLabels = phrases("sold by", "service provider", "supplier", "from", "issued by", "verkauft durch", "verkoper", "leverancier", "vendeur", "vendu par", "emetteur", "absender")
	toLabels   = phrases("bill to", "invoice to", "billed to", "sold to", "ship to", "billing address", "invoice address", "shipping address", "delivery address", "service address", "supply address", "customer address", "account holder",
		"rechnungsadresse", "rechnung an", "rechnungsempfanger", "lieferadresse", "lieferanschrift", "kunde", "empfanger",
		"factuuradres", "afleveradres", "afleveradressen", "bezorgadres", "verzendadres", "leveradres", "klantgegevens",
		"adresse de facturation", "adresse de livraison", "adresse de l installation", "facture a", "destinataire", "nom de l abonne", "titulaire", "client")
)

// companies finds names that end in a legal form.
func (s *segment) companies() []Fact {
	var out []Fact
	for i, w := range s.words {
		if !slices.Contains(forms, strings.TrimRight(w.Text, ",;:)")) && !slices.Contains(forms, w.Text) {
			continue
		}
		from := i
		for from > 0 && i-from < 6 {
			before := s.words[from-1].Text
			if from < i && strings.ContainsAny(before[len(before)-1:], ":,;.|") && !slices.Contains([]string{"Pvt.", "St.", "Co."}, before) || !nameWord(before) {
				break
			}
			from--
		}
		for from < i && !isUpper(s.words[from].Text) {
			from++
		}
		if from == i {
			continue
		}
		f := s.fact(s.at[from], s.at[i]+1)
		f.Value = strings.TrimRight(f.Text, ",;:)")
		out = append(out, f)
	}
	return out
}

// nameWord reports whether a word can be part of a company's name.
func nameWord(w string) bool {
	if slices.Contains([]string{"&", "+", "and", "et", "und", "en", "of", "de", "der", "van", "von", "e-Luscious"}, w) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return false
	}
	return strings.IndexFunc(w, unicode.IsUpper) >= 0 // also iViveLabs and e-Luscious
}

func isUpper(w string) bool { return strings.IndexFunc(w, unicode.IsUpper) >= 0 }

// withoutForm is a company's name to compare by.
func withoutForm(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && slices.Contains(append(forms, "Pvt.", "Pvt", "Co."), strings.Trim(words[len(words)-1], ",;")) {
		words = words[:len(words)-1]
	}
	return bare(fold(strings.Join(words, " ")))
}

// SameCompany reports whether two names are one but for capitals, accents, marks
// and the legal form.
func SameCompany(a, b string) bool { return withoutForm(a) != "" && withoutForm(a) == withoutForm(b) }

// domains are the registered names of web and mail addresses, most frequent first.
func (d *paper) domains() []string {
	counts := map[string]int{}
	var out []string
	for _, s := range d.segments {
		for _, dom := range domain.FindAllString(s.plain, -1) {
			parts := strings.Split(dom, ".")
			stem := parts[max(len(parts)-2, 0)]
			if len(parts) > 2 && slices.Contains([]string{"co", "com", "ac", "gov", "org"}, stem) {
				stem = parts[len(parts)-3]
			}
			if len(stem) < 3 || slices.Contains(mailHosts, stem) {
				continue
			}
			if counts[stem]++; counts[stem] == 1 {
				out = append(out, stem)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return counts[b] - counts[a] })
	return out
}

// brand is a name that has an address on the web and stands in the text as well,
// when it is no part of the company's full name.
func (d *paper) brand(domains []string, issuer Fact) Fact {
	for _, stem := range domains {
		if strings.Contains(strings.ReplaceAll(withoutForm(issuer.Value), " ", ""), strings.ReplaceAll(stem, "-", "")) {
			return Fact{}
		}
		for _, s := range d.segments {
			for i, w := range s.words {
				if fold(strings.Trim(w.Text, ",.;:!?")) == stem && isUpper(w.Text) {
					f := s.fact(s.at[i], s.at[i]+1)
					f.Value, f.Why, f.Sure = strings.Trim(w.Text, ",.;:!?"), ByDomain, 0.6
					return f
				}
			}
		}
	}
	return Fact{}
}

// noHeadline are words in large print that name no company.
var noHeadline = phrases("invoice", "bill", "statement", "rechnung", "factuur", "facture", "specimen", "copy", "kopie", "copie", "nota", "page", "seite", "datum", "date", "account", "letter", "receipt", "order", "total", "summary", "artikel", "original", "duplicate", "tax", "factuuradres", "afleveradres")

// headline is the largest print at the head of the first page.
func (d *paper) headline() Fact {
	var best *segment
	for _, s := range d.segments {
		if s.page != 0 || s.y > 0.2*d.pages[0].Height || len(s.words) > mostLabel || last(bare(s.plain), noHeadline) >= 0 || last(bare(s.plain), toLabels) >= 0 || d.addressed(s) {
			continue
		}
		if letters := strings.IndexFunc(s.plain, unicode.IsLetter); letters < 0 || len(s.plain) < 3 || !isUpper(s.said) || strings.ContainsAny(s.plain, "0123456789@") {
			continue
		}
		if best == nil || s.h > 1.15*best.h {
			best = s
		}
	}
	if best == nil {
		return Fact{}
	}
	f := best.fact(0, len(best.plain))
	f.Value, f.Why, f.Sure = strings.Trim(f.Text, ".,:;|"), ByPlace, 0.4
	return f
}
