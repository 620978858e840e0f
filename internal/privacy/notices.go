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
	Number   int    // counts the versions of a purpose from 1, alike in every language
	Language string
	Text     string // paragraphs separated by an empty line
	// Material says that this version takes more, keeps longer, shows to more or
	// uses otherwise than the one before: who agreed to that one has not agreed to
	// this. Changed then says in plain words what is new.
	Material bool
	Changed  string
}

// Hash is the SHA-256 of the text in hexadecimal; a consent keeps it.
func (n Notice) Hash() string {
	sum := sha256.Sum256([]byte(n.Text))
	return hex.EncodeToString(sum[:])
}

// Notices lists the notices that can be answered: of each purpose and language
// the newest.
func Notices() []Notice {
	var out []Notice
	for _, n := range notices {
		if n.answerable() {
			out = append(out, n)
		}
	}
	return out
}

// answerable reports whether a notice is the newest in its purpose and language.
func (n Notice) answerable() bool {
	for _, other := range notices {
		if other.Purpose == n.Purpose && other.Language == n.Language {
			return other.Version == n.Version
		}
	}
	return false
}

// EarlierNotices lists the texts of a purpose that are not shown any more, newest
// first: what was collected under them stays under their promise.
func EarlierNotices(purpose vault.Purpose) []Notice {
	var out []Notice
	for _, n := range notices {
		if n.Purpose == purpose && !n.answerable() {
			out = append(out, n)
		}
	}
	return out
}

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

// noticeToAnswer finds a notice that can be answered.
func noticeToAnswer(purpose vault.Purpose, version string) (Notice, bool) {
	n, found := noticeOf(purpose, version)
	return n, found && n.answerable()
}

// noticeOf finds a notice of any time.
func noticeOf(purpose vault.Purpose, version string) (Notice, bool) {
	for _, n := range notices {
		if n.Purpose == purpose && n.Version == version {
			return n, true
		}
	}
	return Notice{}, false
}

// changedSince lists the material versions of a purpose that came after a
// number, newest first. The versions are counted alike in every language, so
// each number appears once.
func changedSince(purpose vault.Purpose, number int) []Notice {
	var out []Notice
	for _, n := range notices {
		if n.Purpose == purpose && n.Material && n.Number > number && (len(out) == 0 || out[len(out)-1].Number != n.Number) {
			out = append(out, n)
		}
	}
	return out
}
