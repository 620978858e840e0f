package sellers

import (
	"context"
	"image"
	"runtime"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/text"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/ocr"
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

// PDFReader reads the words of a PDF file and draws its pages; pdf.Reader is one.
type PDFReader interface {
	Read(ctx context.Context, data []byte) ([]text.Page, error)
	Draw(ctx context.Context, data []byte, page, side int) (*image.RGBA, error)
}

// PrintReader reads the words of a picture; ocr.Reader is one.
type PrintReader interface {
	Read(ctx context.Context, img *image.RGBA, l ocr.Layout) (text.Page, error)
}

// People knows the e-mail address of a seller's account or a member of staff.
type People interface {
	EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error)
}

// Parts is what the service is built from. Faces, Documents, PDFs and Print may be
// nil: then what they would check is "not run", never passed.
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
	Meshes    *mesh.Engine // none with no Faces
	Documents DocumentReader
	PDFs      PDFReader   // nil: papers are taken as pictures only
	Print     PrintReader // nil: what is printed on pictures is read by people only
	Eraser    Eraser      // erases what a withdrawal ends; nil: this feature by itself, without a receipt

	Officers   Officers // who hears when declining costs more than it may; nil: nobody
	ParityLink string   // absolute address of the comparison, for that mail
	Tests      Tests    // registered tests; nil: none
}

// Service is the feature. Every method takes who acts; a seller reaches their
// own applications only, staff by role.
type Service struct {
	// Policy holds the limits and promises in force, for pages that name them.
	Policy Policy

	store     *db.Store
	log       *audit.Log
	vault     *vault.Vault
	jobs      *jobs.Queue
	mail      *mail.Outbox
	consents  *privacy.Consents
	clock     clock.Clock
	people    People
	link      func(appID string) string
	faces     FaceEngine
	meshes    *mesh.Engine
	documents DocumentReader
	pdfs      PDFReader
	print     PrintReader
	eraser    Eraser

	officers   Officers
	parityLink string
	tests      Tests

	seats chan struct{} // one for each upload that is being looked at
}

// New makes the service and takes over the jobs of kind AnalyseJob.
func New(p Parts) *Service {
	s := &Service{
		store: p.Store, log: p.Audit, vault: p.Vault, jobs: p.Jobs, mail: p.Mail, consents: p.Consents,
		clock: p.Clock, people: p.People, Policy: p.Policy, link: p.Link, faces: p.Faces, meshes: p.Meshes, documents: p.Documents,
		pdfs: p.PDFs, print: p.Print, eraser: p.Eraser, officers: p.Officers, parityLink: p.ParityLink, tests: p.Tests,
		seats: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if s.Policy == (Policy{}) {
		s.Policy = DefaultPolicy
	}
	if s.link == nil {
		s.link = func(string) string { return "" }
	}
	if s.eraser == nil {
		s.eraser = ownEraser{s}
	}
	s.jobs.Handle(AnalyseJob, s.analyse)
	s.jobs.Handle(erasureJob, s.runErasure)
	s.jobs.Handle(disputeJob, s.runDispute)
	s.jobs.Handle(rescueJob, s.rescue)
	s.jobs.Every(rescueJob, rescueEvery)
	s.jobs.Handle(parityJob, s.CompareDaily)
	s.jobs.Every(parityJob, parityEvery)
	return s
}

// seated looks at pictures when there is a seat for it: one decoded picture may
// take a few hundred megabytes, so no more are open than cores can work on. Who
// waits in vain because the request ended gets its error.
func (s *Service) seated(ctx context.Context, look func() error) error {
	select {
	case s.seats <- struct{}{}:
		defer func() { <-s.seats }()
		return look()
	case <-ctx.Done():
		return ctx.Err()
	}
}
