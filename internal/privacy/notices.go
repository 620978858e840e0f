package privacy

import (
	"crypto/sha256"
	"encoding/hex"

	"truepenny/internal/vault"
)

// Notice is the exact text a person is shown before they answer. Versions never
// change once they were shown: a new wording is a new version.
type Notice struct {
	Purpose  vault.Purpose
	Version  string // unique over all notices, such as "face-match.1.en"
	Language string
	Text     string // paragraphs separated by an empty line
}

// Hash is the SHA-256 of the text in hexadecimal; a consent keeps it.
func (n Notice) Hash() string {
	sum := sha256.Sum256([]byte(n.Text))
	return hex.EncodeToString(sum[:])
}

// notices holds every version that may still be answered, newest first in its
// purpose and language.
var notices = []Notice{
	{
		Purpose: PurposeDocuments, Version: "identity-documents.1.en", Language: "en",
		Text: `To verify you as a seller we look at pictures of your identity document, what is printed on it, and, if you do not use the camera for your face, one more paper such as a utility bill.

A computer reads the printed lines and compares them with what you told us. A person decides, never the computer.

The pictures are sealed. Only the people who decide can open them, for this purpose alone, and you see in your application who looked, when and why.

We keep them for 180 days after the decision, so that an appeal can be heard, and delete them then. We never use them for advertising, never sell them, and never train anything with them.`,
	},
	{
		Purpose: PurposeFace, Version: "face-match.2.en", Language: "en",
		Text: `If you agree, your camera takes about fifteen seconds of pictures of your face while you follow a few prompts and, unless you choose to do without, while your screen shows soft colours. We compare them, once, with the portrait on your identity document, to see that you are the person on it.

The comparison runs on our own machines and nothing is sent to anybody else. A person decides, never the computer alone. The numbers that describe your face are worked out for the comparison and not kept. What tells a living person from a film is kept, sealed, with the pictures: how the head moved, how the light fell, what camera the browser named. A rough sketch of light and dark in the pictures, from which nobody can be recognised, is kept as long, to notice when a film that was shown before is shown again.

The pictures are sealed and kept for 30 days after the decision; then they are deleted. Only the people who decide can open them, and you see who looked, when and why. You can withdraw your agreement at any time: the pictures are deleted at once.

We never use them for advertising, never sell them, never search for other people with them, never give them to a police search, never guess feelings from them, and never train anything with them.

You can say no. Then a person decides on your documents alone: your identity document and one more paper. It counts the same, and saying no is not held against you.`,
	},
	{
		Purpose: PurposeLab, Version: "lab-measurement.1.en", Language: "en",
		Text: `To know how often the machine errs, and whether it errs more often for some people than for others, we measure it on sets of labelled pictures: of people who agreed to that, of public research sets within their licence, or of nobody at all. Pictures that sellers send us to be verified are never part of a set.

Each set names where it comes from, on what its use rests, and a day on which its pictures are deleted, at most two years later. Names of files and people are replaced by numbers before anything is kept. The pictures are sealed; only those who answer for the measurement can open one, to see what went wrong with it, and every opening is written down.

What stays is numbers: how many pictures were compared and how many erred. We never use the pictures for advertising, never sell them, never search for people with them, never guess feelings from them, and never train anything with them.`,
	},
}

// Notices lists the notices that can be answered.
func Notices() []Notice { return append([]Notice(nil), notices...) }

// CurrentNotice returns the notice to show for a purpose, in the language or, when
// there is none in it, in English. False for a purpose that is not on the list.
func CurrentNotice(purpose vault.Purpose, language string) (Notice, bool) {
	var fallback Notice
	for _, n := range notices {
		if n.Purpose != purpose {
			continue
		}
		if n.Language == language {
			return n, true
		}
		if n.Language == "en" && fallback.Version == "" {
			fallback = n
		}
	}
	return fallback, fallback.Version != ""
}

func noticeByVersion(purpose vault.Purpose, version string) (Notice, bool) {
	for _, n := range notices {
		if n.Purpose == purpose && n.Version == version {
			return n, true
		}
	}
	return Notice{}, false
}
