package laboratory

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"path"
	"strings"

	"golang.org/x/image/draw"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/errs"
	"truepenny/internal/lab"
	"truepenny/internal/privacy"
)

// FileID is the id of a file that a report names.
func FileID(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// Picture opens a picture of a failure as a small JPEG, in the log before it is
// shown. Errors:
// NotFound when it was removed with its set.
func (s *Service) Picture(ctx context.Context, actor audit.Actor, runID, fileID string) ([]byte, error) {
	if !has(actor, roleAdministrator, roleLead, rolePrivacy) {
		return nil, errs.New(errs.Forbidden, "lab.role")
	}
	run, err := s.readRun(ctx, runID)
	if err != nil {
		return nil, err
	}
	// Only what the report names as an error: this is no album.
	named, err := s.names(ctx, actor, run, fileID)
	if err != nil {
		return nil, err
	}
	if !named {
		return nil, errs.New(errs.NotFound, "not-found")
	}
	files, err := s.filesOf(ctx, run.SetID)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.ID != fileID {
			continue
		}
		out, err := s.vault.Open(ctx, actor, f.item, privacy.PurposeLab, "lab.failure")
		if err != nil {
			return nil, err
		}
		return small(out.Plain)
	}
	return nil, errs.New(errs.NotFound, "vault.gone")
}

// shownSide is the longer side of a picture of a failure, in pixels: enough to
// see what went wrong.
const shownSide = 640

// small makes a JPEG of what a set may hold. What is no picture is Unsupported.
func small(raw []byte) ([]byte, error) {
	img, err := lab.DecodeScan(raw)
	if err != nil {
		img, err = lab.DecodePicture(raw)
	}
	if err != nil {
		return nil, errs.Wrap(errs.Unsupported, "upload.unsupported", err)
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if most := max(w, h); most > shownSide {
		w, h = max(1, w*shownSide/most), max(1, h*shownSide/most)
		out := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.ApproxBiLinear.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
		img = out
	}
	return picture.EncodeJPEG(img, 85)
}

// names reports whether a run lists a file among its errors.
func (s *Service) names(ctx context.Context, actor audit.Actor, run Run, fileID string) (bool, error) {
	if strings.Contains(string(run.Report), `"`+fileID) {
		return true, nil
	}
	if run.Kind != Document || run.failuresItem == "" {
		return false, nil
	}
	cases, err := s.documentCases(ctx, actor, run)
	for _, c := range cases {
		if FileID(c.Image) == fileID {
			return true, err
		}
	}
	return false, err
}

// DocumentCases opens what a document run read wrong. It holds what stands on
// documents, so it was sealed with them and goes with them: then there is none.
func (s *Service) DocumentCases(ctx context.Context, actor audit.Actor, runID string) ([]lab.DocumentCase, error) {
	if !has(actor, roleAdministrator, roleLead, rolePrivacy) {
		return nil, nil
	}
	run, err := s.readRun(ctx, runID)
	if err != nil || run.failuresItem == "" {
		return nil, err
	}
	return s.documentCases(ctx, actor, run)
}

func (s *Service) documentCases(ctx context.Context, actor audit.Actor, run Run) ([]lab.DocumentCase, error) {
	opened, err := s.vault.Open(ctx, actor, run.failuresItem, privacy.PurposeLab, "lab.failure")
	if errs.CodeOf(err) == errs.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []lab.DocumentCase
	if err := json.Unmarshal(opened.Plain, &out); err != nil {
		return nil, fmt.Errorf("failures of run %s: %w", run.ID, err)
	}
	return out, nil
}
