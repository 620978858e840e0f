package sellers

import (
	"fmt"
	"strings"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/mail"
)

// refusalWords say the reason codes of a refusal in a letter.
var refusalWords = map[string]string{
	"document.not-genuine":  "we could not accept the document as genuine",
	"document.expired":      "the document is no longer valid",
	"document.unreadable":   "the document could not be read",
	"document.not-accepted": "this kind of document cannot be accepted",
	"face.different":        "the face in the capture is not the one on the document",
	"details.different":     "what the document says differs from what you told us",
	"paper.not-accepted":    "the second paper could not be accepted",
	"age.below":             "sellers have to be of age",
	"other":                 "of the reason below",
}

// itemWords say what is asked for again.
var itemWords = map[Item]string{
	ItemFront:   "a new picture of the front of your document",
	ItemBack:    "a new picture of the back of your document",
	ItemCapture: "the face capture once more (or, if you would rather not, a second paper instead)",
	ItemPaper:   "a second paper, such as a utility bill",
	ItemDetails: "your details: please check them and send them again",
}

// tell writes to the person what was decided, in the decision's transaction.
// Letters hold no score and no name of a member of staff.
func (s *Service) tell(e *edit, to string, d Decision, row decisionRow) error {
	subject, text := "", ""
	link := s.link(e.app.ID)
	switch d.Kind {
	case Approve:
		subject, text = approvedLetter(*e.app, d.Words, link)
	case Ask:
		subject, text = askedLetter(*e.app, d, link)
	case Refuse:
		subject, text = refusedLetter(*e.app, d, db.TimeOf(row.AppealUntil), link)
	}
	return s.mail.Send(e.tx, mail.Message{To: to, Subject: subject, Text: text, Kind: "sellers." + string(d.Kind), Person: e.app.AccountID})
}

func approvedLetter(a Application, words, link string) (subject, text string) {
	return "You are verified (" + a.Label() + ")", letter(
		"Good news: a person has looked at your application "+a.Label()+", and you are verified as a seller.",
		quoted(words),
		"There is nothing more to do. What is still kept of your application, until when, and who looked at it stands here:",
		link)
}

func askedLetter(a Application, d Decision, link string) (subject, text string) {
	var list []string
	for _, item := range d.Items {
		list = append(list, "- "+itemWords[item])
	}
	return "Please send us something again (" + a.Label() + ")", letter(
		"A person has looked at your application "+a.Label()+" and needs this from you before they can decide:",
		strings.Join(list, "\n"),
		quoted(d.Words),
		"Everything else stays as it is. You can add it here, and then send your application again:",
		link)
}

func refusedLetter(a Application, d Decision, appealUntil time.Time, link string) (subject, text string) {
	appeal := "This decision was made after your appeal, so there is no second one."
	if !appealUntil.IsZero() {
		appeal = fmt.Sprintf("If you think this is wrong, you can appeal once, until %s. Somebody who took no part in this decision will look again.", onDay(appealUntil))
	}
	return "Your application was refused (" + a.Label() + ")", letter(
		"Two people have looked at your application "+a.Label()+". We cannot verify you as a seller, because "+refusalWords[d.ReasonCode]+".",
		quoted(d.Words),
		appeal,
		fmt.Sprintf("You can apply again from %s.", onDay(a.ReapplyAt)),
		"Both are possible here:",
		link)
}

// quoted sets the reviewer's words apart; empty stays empty.
func quoted(words string) string {
	if words == "" {
		return ""
	}
	return "The person who decided writes:\n\n> " + strings.ReplaceAll(words, "\n", "\n> ")
}

// letter joins paragraphs, leaving out empty ones.
func letter(paragraphs ...string) string {
	kept := []string{"Hello,"}
	for _, p := range paragraphs {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n") + "\n"
}

func onDay(t time.Time) string { return t.Format("2 January 2006") }
