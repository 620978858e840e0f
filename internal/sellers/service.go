package sellers

import (
	"context"
	"image"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// FaceEngine finds, judges and describes faces; face.Engine is one.
type FaceEngine interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Describe(img *image.RGBA, f face.Face) (face.Descriptor, error)
	Assess(img *image.RGBA) (face.Assessment, error)
	Thresholds() face.Thresholds
}

// DocumentReader reads the machine-readable zone of a document, or fails with
// document.ErrNoZone; document.Reader is one.
type DocumentReader interface {
	Read(img *image.RGBA) (document.Reading, error)
}

// People knows the e-mail address of a seller's account or a member of staff.
type People interface {
	EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error)
}

// Parts is what the service is built from. Faces and Documents may be nil: then
// what they would check is "not run", never passed.
type Parts struct {
	Store     *db.Store
	Audit     *audit.Log
	Vault     *vault.Vault
	Jobs      *jobs.Queue
	Mail      *mail.Outbox
	Consents  *privacy.Consents
	Clock     clock.Clock
	People    People
	Policy    Policy                    // the zero value stands for DefaultPolicy
	Link      func(appID string) string // absolute address of the person's page, for mails
	Faces     FaceEngine
	Documents DocumentReader
}

// Service is the feature. Every method takes who acts; a seller reaches their
// own applications only, staff by role.
type Service struct {
	Parts
}

// New makes the service and takes over the jobs of kind AnalyseJob.
func New(p Parts) *Service {
	if p.Policy == (Policy{}) {
		p.Policy = DefaultPolicy
	}
	if p.Link == nil {
		p.Link = func(string) string { return "" }
	}
	s := &Service{p}
	if p.Jobs != nil {
		p.Jobs.Handle(AnalyseJob, s.analyse)
	}
	return s
}
