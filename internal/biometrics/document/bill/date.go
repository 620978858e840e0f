package bill

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/biometrics/text"
)

// months by their names and abbreviations in English, French, German, Dutch,
// Spanish and Italian, folded.
var months = monthNames()

func monthNames() map[string]time.Month {
	out := map[string]time.Month{}
	for i, names := range []string{
		"january jan janvier janv januar jaenner januari enero ene gennaio gen",
		"february feb fevrier fevr fev februar februari febrero febbraio",
		"march mar mars marz maerz mrz maart mrt marzo",
		"april apr avril avr abril abr aprile",
		"may mai mei mayo maggio mag",
		"june jun juin juni junio giugno giu",
		"july jul juillet juil juli julio luglio lug",
		"august aug aout augustus agosto ago",
		"september sep sept septembre septiembre settembre set",
		"october oct octobre oktober okt octubre ottobre ott",
		"november nov novembre noviembre",
		"december dec decembre dezember dez diciembre dic dicembre",
	} {
		for _, name := range strings.Fields(names) {
			out[name] = time.Month(i + 1)
		}
	}
	return out
}

var (
	numeric  = regexp.MustCompile(`\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}`)
	dayFirst = regexp.MustCompile(`(\d{1,2})(?:\.|st|nd|rd|th|er|e|o)? ?[-/]?(?:de |of |di )?([a-z]{3,10})\.?,? ?[-/]?(?:de |del )?(\d{4}|\d{2})`)
	dayLater = regexp.MustCompile(`([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)? ?,? ?(\d{4})`)
)

// written is a date where it stands in a segment.
type written struct {
	day      time.Time
	s        *segment
	from, to int
	swapped  bool // day and month could be the other way round
}

// firstYear is when the oldest papers were written that anybody sends.
const firstYear = 1980

// dates are all dates of a segment. monthFirst settles 03/04/2024.
func (s *segment) dates(monthFirst bool, since int) []written {
	var out []written
	add := func(y, m, d, from, to int, swapped bool) {
		day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if day.Day() != d || m < 1 || m > 12 || y < since || y > 2100 || !alone(s.plain, from, to) {
			return
		}
		if slices.ContainsFunc(out, func(w written) bool { return from < w.to && w.from < to }) {
			return
		}
		out = append(out, written{day, s, from, to, swapped})
	}
	for _, at := range dayFirst.FindAllStringSubmatchIndex(s.plain, -1) {
		if m := months[s.plain[at[4]:at[5]]]; m > 0 {
			add(year(s.plain[at[6]:at[7]]), int(m), number(s.plain[at[2]:at[3]]), at[0], at[1], false)
		}
	}
	for _, at := range dayLater.FindAllStringSubmatchIndex(s.plain, -1) {
		if m := months[s.plain[at[2]:at[3]]]; m > 0 {
			add(year(s.plain[at[6]:at[7]]), int(m), number(s.plain[at[4]:at[5]]), at[0], at[1], false)
		}
	}
	for _, at := range numeric.FindAllStringIndex(s.plain, -1) {
		part := strings.FieldsFunc(s.plain[at[0]:at[1]], func(r rune) bool { return r < '0' || r > '9' })
		if len(part) != 3 {
			continue
		}
		a, b, c := number(part[0]), number(part[1]), year(part[2])
		slash := strings.Contains(s.plain[at[0]:at[1]], "/")
		switch {
		case len(part[0]) == 4:
			add(a, b, number(part[2]), at[0], at[1], false)
		case len(part[0]) == 3 || len(part[2]) == 3:
		case b > 12:
			add(c, a, b, at[0], at[1], false)
		case monthFirst && slash && a <= 12:
			add(c, a, b, at[0], at[1], a != b)
		default:
			add(c, b, a, at[0], at[1], slash && a <= 12 && a != b)
		}
	}
	slices.SortFunc(out, func(a, b written) int { return a.from - b.from })
	return out
}

// alone reports whether no digit or letter stands right at either end: 12.34.56.78
// holds no date.
func alone(s string, from, to int) bool {
	glued := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '_' }
	before := from == 0 || !glued(s[from-1]) && !(from > 1 && strings.IndexByte(".,/", s[from-1]) >= 0 && glued(s[from-2]))
	after := to >= len(s) || !glued(s[to]) && !(to+1 < len(s) && strings.IndexByte(".,/", s[to]) >= 0 && s[to+1] >= '0' && s[to+1] <= '9')
	return before && after
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func year(s string) int {
	if len(s) == 2 {
		return 2000 + number(s)
	}
	return number(s)
}

// monthFirst reports whether the paper writes the month before the day: a date
// such as 04/21/2024 shows it, else dollars do.
func (d *paper) monthFirst() bool {
	dollars := 0
	for _, s := range d.segments {
		for _, at := range numeric.FindAllStringIndex(s.plain, -1) {
			part := strings.FieldsFunc(s.plain[at[0]:at[1]], func(r rune) bool { return r < '0' || r > '9' })
			if len(part) != 3 || len(part[0]) > 2 || !strings.Contains(s.plain[at[0]:at[1]], "/") {
				continue
			}
			if a, b := number(part[0]), number(part[1]); a > 12 && b <= 12 {
				return false
			} else if b > 12 && a <= 12 {
				return true
			}
		}
		if strings.Contains(s.plain, "$") || strings.Contains(s.plain, "usd") {
			dollars++
		}
		if strings.ContainsAny(s.plain, "€£₹") {
			dollars--
		}
	}
	return dollars > 0
}

// What a label makes of a date.
const (
	against  = -1 // due, ordered, delivered, a period ...
	unsaid   = 0
	plainly  = 1 // "Date"
	strongly = 2 // "Date of invoice"
)

// issueLabels name the day a paper was written; dateOnly says that something is
// a date; otherDates name other days. All are bare.
var (
	issueLabels = phrases("invoice date", "date of invoice", "bill date", "billing date", "date of bill", "bill issued", "statement date", "date of statement",
		"date of issue", "issue date", "issued on", "issued", "date of letter", "letter date", "notice date", "tax point", "dated", "invoiced on",
		"rechnungsdatum", "rechnung datum", "datum der rechnung", "rechnung vom", "belegdatum", "ausstellungsdatum", "bescheiddatum", "bescheid vom", "ausgestellt am", "erstellt am", "schreiben vom",
		"factuurdatum", "factuur datum", "datum factuur", "notadatum", "nota datum", "dagtekening", "datum brief", "afschriftdatum",
		"date de facture", "date de la facture", "date facture", "date d emission", "date emission", "date de facturation", "emise le", "emis le", "etabli le", "etablie le", "facture du", "releve du",
		"fecha de factura", "fecha factura", "fecha de emision", "data fattura", "data di emissione", "data emissione")
	dateOnly   = phrases("date", "datum", "le", "den", "fecha", "data")
	otherDates = phrases("due", "pay by", "pay before", "payable", "payment", "paid", "order", "ordered", "purchase", "delivery", "delivered", "dispatch", "shipped", "ship", "shipping",
		"period", "from", "to", "until", "between", "valid", "expires", "expiry", "expiration", "birth", "born", "next", "meter", "reading", "start", "end", "previous", "last", "printed", "service", "direct debit", "collected",
		"fallig", "falligkeit", "falligkeitsdatum", "zahlbar", "zahlung", "zahlungsziel", "zahlen", "bis", "bis zum", "ab", "bestelldatum", "bestellung", "bestellt", "auftrag", "auftragsdatum", "lieferdatum", "lieferung", "leistung", "leistungsdatum",
		"leistungszeitraum", "zeitraum", "abrechnungszeitraum", "geboren", "geburtsdatum", "gultig", "ablesung", "abbuchung", "lastschrift", "eingezogen",
		"vervaldatum", "verval", "betalen", "betaling", "betaaldatum", "voldoen", "orderdatum", "besteldatum", "bestelling", "leverdatum", "levering", "periode", "geboortedatum", "geldig", "tot", "vanaf", "incasso", "afgeschreven",
		"echeance", "limite", "paiement", "payer", "regler", "reglement", "prelevement", "preleve", "prelevee", "commande", "livraison", "livre", "naissance", "valable", "jusqu", "jusqu au", "au", "a partir", "abonnement", "prochaine", "prochain", "contrat",
		"vencimiento", "pago", "pedido", "entrega", "scadenza", "pagamento", "ordine", "consegna", "nacimiento", "nascita")
	aPaper  = phrases("invoice", "bill", "statement", "rechnung", "bescheid", "factuur", "nota", "facture", "factura", "fattura", "letter", "releve")
	andThen = phrases("of", "vom", "van", "du", "le", "dated", "del", "on")
)

func phrases(list ...string) []string { return list }

// last is where the last of the phrases ends in a bare text, -1 when none is there.
func last(text string, list []string) int {
	out, padded := -1, " "+text+" "
	for _, p := range list {
		if i := strings.LastIndex(padded, " "+p+" "); i >= 0 {
			out = max(out, i+len(p))
		}
	}
	return out
}

// mostLabel is how many words a label has at most; more are a sentence.
const mostLabel = 6

// ending is the last n words of a text.
func ending(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[max(len(words)-n, 0):], " ")
}

// ofDate judges the words before a date; what stands nearest to it counts.
func ofDate(label string) int {
	label = bare(label)
	issue, other := last(label, issueLabels), last(label, otherDates)
	if words := strings.Fields(label); len(words) > 1 && last(label, aPaper) >= 0 && slices.Contains(andThen, words[len(words)-1]) {
		issue = max(issue, len(label))
	}
	switch {
	case issue >= 0 && issue >= other:
		return strongly
	case other >= 0:
		return against
	case last(label, dateOnly) >= 0:
		return plainly
	}
	return unsaid
}

// date chooses the day of issue: what is labelled so, else a plain date at the
// head of the first page. What is labelled as another day is never taken.
func (d *paper) date() Fact {
	var best Fact
	monthFirst := d.monthFirst()
	for _, s := range d.segments {
		list := s.dates(monthFirst, firstYear)
		for i, w := range list {
			before := s.plain[:w.from]
			if i > 0 {
				before = s.plain[list[i-1].to:w.from]
			}
			f := d.judgeDate(w, before, i > 0 || len(list) > 1)
			switch {
			case f.Sure > best.Sure:
				best = f
			case f.Sure == best.Sure && f.Sure > 0 && f.Value != best.Value && f.Why == best.Why && best.Why == ByLabel:
				best.Sure, best.Why = best.Sure-0.2, Contradict
			}
		}
	}
	return best
}

func (d *paper) judgeDate(w written, before string, several bool) Fact {
	said, why := ofDate(ending(before, 8)), ByLabel
	if said == unsaid && strings.TrimSpace(bare(before)) == "" {
		if l := d.left(w.s); l != nil && len(l.words) <= mostLabel {
			said = ofDate(l.plain)
		}
		if a := d.above(w.s); said == unsaid && a != nil && len(a.words) <= mostLabel {
			said, why = ofDate(a.plain), ByHead
		}
	}
	f := w.s.fact(w.from, w.to)
	f.Value, f.Why = w.day.Format("2006-01-02"), why
	switch {
	case said == against || several && said != strongly:
		return Fact{}
	case said == strongly:
		f.Sure = 0.95
	case said == plainly:
		f.Sure = 0.75
	case w.s.page == 0 && w.s.y < 0.35*d.pages[0].Height && len(w.s.words) < 8:
		f.Sure, f.Why = 0.5, ByPlace
	default:
		f.Sure, f.Why = 0.2, ByPlace
	}
	if w.swapped {
		f.Sure, f.Why = f.Sure/2, Ambiguous
	}
	return f
}

// Days are the dates in a line of print, with the day before the month.
func Days(said string) []time.Time {
	var words []text.Word
	for _, w := range strings.Fields(said) {
		words = append(words, text.Word{Text: w, Box: text.Box{W: 1, H: 1}})
	}
	if len(words) == 0 {
		return nil
	}
	var out []time.Time
	for _, w := range newSegment(0, text.Page{Width: 1, Height: 1}, words, 0).dates(false, 1900) {
		out = append(out, w.day)
	}
	return out
}
