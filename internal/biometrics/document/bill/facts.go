package bill

import "truepenny/internal/biometrics/text"

// Fact is one thing that a paper says.
type Fact struct {
	Value string // dates as 2006-01-02, amounts as 1234.56, currencies by ISO 4217, addresses with a line break between lines
	Text  string // as it is printed
	Page  int    // from 0
	Box   text.Box
	Sure  float64 // 0 when nothing was found, 1 when nothing else can be meant; an estimate, not a measured rate
	Why   Why
}

// Why says what a fact rests on.
type Why string

const (
	ByLabel    Why = "label"    // words before it say so, such as "Invoice date:"
	ByHead     Why = "head"     // the head of its column says so
	ByPlace    Why = "place"    // it stands where such things stand
	ByForm     Why = "form"     // a legal form, such as "Ltd", makes it a company's name
	ByDomain   Why = "domain"   // an address on the web or for mail has the same name
	ByMost     Why = "most"     // most of the paper says so
	Ambiguous  Why = "order"    // day and month could be the other way round
	Contradict Why = "conflict" // the paper says two different things under the same label
)

// Facts is what was found; what was not has the zero Fact.
type Facts struct {
	Issuer        Fact // the company by its full name, where one stands there
	Trade         Fact // the name it trades under, when that is another
	IssuerAddress Fact
	Date          Fact // of issue; never when it is due, was ordered or delivered
	Total         Fact // to be paid, taxes included
	Currency      Fact
	Invoice       Fact // its number
	Account       Fact // number of the account, customer or contract
	Name          Fact // of the addressee
	Address       Fact // of the addressee, with the name
}

// most bounds how many words of a paper are looked at.
const most = 6_000

// Find looks through the pages of one paper.
func Find(pages []text.Page) Facts { return Open(pages).Facts() }

// Facts looks through the paper.
func (p Paper) Facts() Facts {
	d := p.d
	var f Facts
	f.Date = d.date()
	f.Total, f.Currency = d.total()
	f.Invoice, f.Account = d.number(invoiceNumber), d.number(accountNumber)
	f.Issuer, f.Trade = d.issuer()
	f.IssuerAddress = d.issuerAddress(f.Issuer)
	f.Name, f.Address = d.addressee(f.Issuer, f.Trade)
	return f
}

// Merge adds to a page the words that were read from its picture where the page
// itself carries none, such as a letterhead that is a drawing.
func Merge(page, seen text.Page) text.Page {
	var block int
	for _, l := range page.Lines {
		block = max(block, l.Block)
	}
	own := page.Lines[:len(page.Lines):len(page.Lines)]
	for _, l := range seen.Lines {
		fresh := text.Line{Block: block + 1 + l.Block}
		for _, w := range l.Words {
			if !covered(page, w.Box) {
				fresh.Words = append(fresh.Words, w)
			}
		}
		if len(fresh.Words) > 0 {
			own = append(own, fresh)
		}
	}
	page.Lines = own
	return page
}

func covered(page text.Page, b text.Box) bool {
	x, y := b.X+b.W/2, b.Y+b.H/2
	for _, l := range page.Lines {
		for _, w := range l.Words {
			if x > w.Box.X && x < w.Box.X+w.Box.W && y > w.Box.Y && y < w.Box.Y+w.Box.H {
				return true
			}
		}
	}
	return false
}
