package sellers

import (
	"fmt"

	"truepenny/internal/jobs"
)

// formKinds are the checks that hold a document or a paper against what the
// person typed. The others do not change when that is corrected.
var formKinds = []CheckKind{CheckName, CheckBirth, CheckBarcode, CheckPaper}

// recheckKey names the repetition of an analysis that made a version of the
// application.
func recheckKey(appID string, round int, version int64) string {
	return fmt.Sprintf("%s:again:%d", analysisKey(appID, round), version)
}

// recheck takes a case that waits back to the machine, which holds the documents
// against the corrected details; the faces are not looked at again. A refusal
// that was proposed on the old details is withdrawn. A case that is decided or
// not sent keeps its state.
func (s *Service) recheck(e *edit) error {
	if e.app.State != Waiting && e.app.State != Second {
		return nil
	}
	if err := withdrawProposal(e.tx, e.app.ID); err != nil {
		return err
	}
	if err := e.app.move(Analysing); err != nil {
		return err
	}
	e.release()
	e.app.Outcome = ""
	items, err := deleteChecks(e.tx, e.app.ID, e.app.Round, formKinds)
	if err != nil {
		return err
	}
	if err := s.removeItems(e.tx, items); err != nil {
		return err
	}
	_, err = s.jobs.Enqueue(e.tx, AnalyseJob, analysePayload{Application: e.app.ID, Round: e.app.Round, Again: true},
		jobs.Options{UniqueKey: recheckKey(e.app.ID, e.app.Round, e.app.Version+1)})
	return err
}
