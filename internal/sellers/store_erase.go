package sellers

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Erase removes what the person's applications hold for a purpose, or the
// applications themselves with everything in them. Pictures of a face that are
// erased while a case is open take the case to the road on documents; documents
// that are erased while it is open end it.
func (x Source) Erase(tx *db.Tx, person string, purpose vault.Purpose) (privacy.Erased, error) {
	switch purpose {
	case "":
		return x.s.eraseAll(tx, person)
	case privacy.PurposeFace:
		return x.s.erasePart(tx, person, x.s.eraseFace)
	case privacy.PurposeDispute:
		return x.s.erasePart(tx, person, func(e *edit) error { return x.s.dropKeptFrames(e.tx, e.app.ID) })
	case privacy.PurposeDocuments:
		return x.s.erasePart(tx, person, x.s.eraseDocuments)
	}
	return privacy.Erased{}, nil
}

// eraseAll removes every row of the person. What hangs on an application goes
// with it in the database; it is counted before.
func (s *Service) eraseAll(tx *db.Tx, person string) (privacy.Erased, error) {
	kept, err := s.keepTrader(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	all, err := applicationIDs(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	for _, id := range all {
		items, err := sealedItemsOf(tx, id)
		if err != nil {
			return privacy.Erased{}, err
		}
		if err := s.removeItems(tx, slices.Collect(maps.Keys(items))); err != nil {
			return privacy.Erased{}, err
		}
	}
	if err := jobs.Forget(tx, append(all, person)...); err != nil {
		return privacy.Erased{}, err
	}
	out, err := eraseRows(tx, person)
	out.Kept = kept
	return out, err
}

// eraseRows deletes the rows of an account, leaves of the tree first.
func eraseRows(tx *db.Tx, account string) (privacy.Erased, error) {
	var out privacy.Erased
	for _, row := range []interface{ TableName() string }{
		&stepRow{}, &printRow{}, &captureRow{}, &keptFrameRow{}, &correctionRow{}, &checkRow{}, &evidenceRow{}, &decisionRow{}, &appealRow{},
		&connectionRow{}, &replyRow{}, &applicationRow{},
	} {
		done := tx.DB().Where("account_id = ?", account).Delete(row)
		if done.Error != nil {
			return out, fmt.Errorf("erase %s: %w", row.TableName(), done.Error)
		}
		out = out.With(row.TableName(), int(done.RowsAffected))
	}
	return out, nil
}

// erasePart changes each application of the person and counts the rows that went.
func (s *Service) erasePart(tx *db.Tx, person string, change func(*edit) error) (privacy.Erased, error) {
	before, err := countRows(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	all, err := applicationIDs(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	for _, id := range all {
		if err := s.eraseIn(tx, id, change); err != nil {
			return privacy.Erased{}, err
		}
	}
	after, err := countRows(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	var out privacy.Erased
	for table, n := range before {
		out = out.With(table, n-after[table])
	}
	return out, nil
}

// eraseIn changes one application inside the transaction of an erasure, which
// brings its own entry of the log.
func (s *Service) eraseIn(tx *db.Tx, id string, change func(*edit) error) error {
	app, err := takeApplication(tx, id)
	if err != nil {
		return err
	}
	e := &edit{tx: tx, app: &app, now: s.clock.Now(), details: map[string]string{}}
	switch err := change(e); {
	case errors.Is(err, errUnchanged):
		return nil
	case err != nil:
		return err
	}
	app.Version++
	app.UpdatedAt = e.now
	return saveApplication(tx, app)
}

// eraseFace removes frames, captures, portraits and scores.
func (s *Service) eraseFace(e *edit) error {
	if err := s.dropFaces(e.tx, e.app.ID); err != nil {
		return err
	}
	if err := s.dropChecked(e, privacy.PurposeFace); err != nil {
		return err
	}
	if err := forgetScores(e.tx, e.app.AccountID); err != nil {
		return err
	}
	if e.app.Road == RoadFace && e.app.State.Open() {
		return s.leaveFaceRoad(e)
	}
	return nil
}

// eraseDocuments removes pictures, what was read from them and what only they
// were needed for. A case that is open ends: nothing is left to decide on.
func (s *Service) eraseDocuments(e *edit) error {
	if err := s.dropDocuments(e); err != nil {
		return err
	}
	if err := s.dropChecked(e, privacy.PurposeDocuments); err != nil {
		return err
	}
	e.app.BirthDate = ""
	if e.app.State.Open() {
		if err := s.endFaces(e); err != nil { // nobody compares them with anything any more
			return err
		}
		if err := e.app.move(Cancelled); err != nil {
			return err
		}
		e.app.Details, e.app.DecidedAt, e.app.EmptiedAt = Details{Kind: e.app.Kind}, e.now, e.now
		return deleteParts(e.tx, e.app.ID)
	}
	if e.app.State != Approved { // whose name stands beside the decision is enough
		e.app.Address = Address{}
	}
	return nil
}

// endFaces makes everything of a face in the application due: it goes at once
// after this erasure, with its key and a receipt of its own.
func (s *Service) endFaces(e *edit) error {
	items, err := sealedItemsOf(e.tx, e.app.ID)
	if err != nil {
		return err
	}
	for id, purpose := range items {
		if purpose == privacy.PurposeDocuments {
			continue
		}
		if err := s.dueNow(e, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) dueNow(e *edit, item string) error {
	err := s.vault.KeepUntil(e.tx, item, e.now)
	if errs.ReasonOf(err) == "vault.gone" {
		return nil
	}
	return err
}

// dropDocuments removes the pictures of documents and papers with their readings.
func (s *Service) dropDocuments(e *edit) error {
	all, err := listEvidence(e.tx.DB(), e.app.ID)
	if err != nil {
		return err
	}
	var documents []Evidence
	for _, item := range all {
		if item.Kind == EvidenceFrame {
			continue
		}
		if item.portrait != "" { // it was cut out of the document for another purpose
			if err := s.dueNow(e, item.portrait); err != nil {
				return err
			}
			item.portrait = ""
		}
		documents = append(documents, item)
	}
	if err := s.removeEvidence(e.tx, documents); err != nil {
		return err
	}
	return s.removeCorrections(e.tx, e.app.ID)
}

// dropChecked removes what checks sealed for a purpose; that they ran and how
// they ended stays as part of the decision.
func (s *Service) dropChecked(e *edit, purpose vault.Purpose) error {
	var rows []checkRow
	if err := e.tx.DB().Where("application_id = ? AND item <> ''", e.app.ID).Find(&rows).Error; err != nil {
		return fmt.Errorf("list checks: %w", err)
	}
	for _, row := range rows {
		if CheckKind(row.Kind).purpose() != purpose {
			continue
		}
		if err := s.vault.Remove(e.tx, row.Item); err != nil && errs.ReasonOf(err) != "vault.gone" {
			return err
		}
		err := e.tx.DB().Model(&checkRow{}).Where("application_id = ? AND round = ? AND kind = ?", row.ApplicationID, row.Round, row.Kind).
			Updates(map[string]any{"item": "", "score": nil}).Error
		if err != nil {
			return fmt.Errorf("forget what was checked: %w", err)
		}
	}
	return nil
}

// countRows counts what hangs on the person's applications, by table.
func countRows(tx *db.Tx, account string) (map[string]int, error) {
	out := map[string]int{}
	for _, table := range []string{"sellers_evidence", "sellers_captures", "sellers_capture_steps", "sellers_capture_prints", "sellers_kept_frames", "sellers_corrections"} {
		var n int64
		if err := tx.DB().Table(table).Where("account_id = ?", account).Count(&n).Error; err != nil {
			return nil, fmt.Errorf("count %s: %w", table, err)
		}
		out[table] = int(n)
	}
	return out, nil
}
