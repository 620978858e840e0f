package main

import (
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// accountLetters words the mails to sellers, with links to the site at base.
func accountLetters(base string) accounts.Letters {
	return accounts.Letters{
		SignIn: func(token string, until time.Time) (string, string) {
			return words.MailSignIn(base+paths.MailLink(token), until)
		},
		ConfirmAddress: func(token string, until time.Time) (string, string) {
			return words.MailConfirmAddress(base+paths.MailLink(token), until)
		},
		AddressAsked:   func(at time.Time) (string, string) { return words.MailAddressAsked(base+paths.Account(), at) },
		AddressChanged: words.MailAddressChanged,
		PasskeyAdded:   func(at time.Time) (string, string) { return words.MailPasskeyAdded(base+paths.Account(), at) },
	}
}

// staffLetters words the mails to members.
func staffLetters(base string) staff.Letters {
	return staff.Letters{
		Invited: func(name, token string, until time.Time) (string, string) {
			return words.MailInvited(name, base+paths.StaffInvite(token), until)
		},
		CodeUsed: func(name string, at time.Time, left int) (string, string) {
			return words.MailCodeUsed(name, base+paths.Security(), at, left)
		},
		PasskeyAdded: func(name string, at time.Time) (string, string) {
			return words.MailMemberPasskey(name, base+paths.Security(), at)
		},
	}
}
