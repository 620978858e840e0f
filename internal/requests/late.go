package requests

import (
	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
)

// ErasedLate notes on the requests for which an erasure was begun that it has
// ended now, with its receipt: a legal hold had kept it waiting. It returns them.
func (s *Service) ErasedLate(tx *db.Tx, erasure, receipt string) ([]Request, error) {
	all, err := listErasedBy(tx, erasure)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		entry := audit.Entry{Actor: audit.System("erasure"), Action: "request.erased-late", Subject: r.Subject(), Person: r.Person,
			Purpose: string(privacy.PurposeRights), Details: map[string]string{"erasure": erasure, "receipt": receipt}}
		if err := s.Audit.Append(tx, entry); err != nil {
			return nil, err
		}
	}
	return all, nil
}
