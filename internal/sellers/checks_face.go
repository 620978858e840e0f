package sellers

import (
	"fmt"
	"image"
	"strconv"

	"truepenny/internal/biometrics/face"
)

// portrait is the person's picture on the document, for the length of a run.
type portrait struct {
	evidence Evidence
	img      *image.RGBA
	faces    []face.Face
}

// loadPortrait opens the document's front and finds the faces on it; nil when
// there is no front any more.
func (r *run) loadPortrait() (*portrait, error) {
	if r.portrait != nil {
		return r.portrait, nil
	}
	front, found := r.front()
	if !found {
		return nil, nil
	}
	images, err := r.pictures([]Evidence{front})
	if err != nil {
		return nil, err
	}
	faces, err := r.s.faces.Find(images[0])
	if err != nil {
		return nil, fmt.Errorf("find portrait: %w", err)
	}
	r.portrait = &portrait{front, images[0], faces}
	return r.portrait, nil
}

// checkPortrait asks for one face on the document that is large enough. Many
// documents show it twice, the second time small and faint: the largest counts,
// and where the second is large enough to be compared it must be the same face.
func (r *run) checkPortrait() (Check, error) {
	if r.s.faces == nil {
		return Check{Outcome: NotRun, Reason: reasonEngine}, nil
	}
	p, err := r.loadPortrait()
	if err != nil {
		return Check{}, err
	}
	switch {
	case p == nil:
		return Check{Outcome: NotRun, Reason: "evidence.gone"}, nil
	case len(p.faces) == 0:
		return Check{Outcome: Review, Reason: "portrait.missing"}, nil
	}
	side, least := p.faces[0].Box.Side(), face.DefaultLimits.Portrait
	c := Check{Outcome: Pass, Compared: []Compared{{What: "portrait", Left: p.evidence.ID,
		Right: strconv.Itoa(int(side)), Same: side >= least, Box: faceBox(p.faces[0].Box, p.img)}}}
	if side < least {
		c.Outcome, c.Reason = Review, "portrait.small"
		return c, nil
	}
	return r.withGhost(p, c)
}

// withGhost holds the portrait against the document's second one. Only faces as
// far apart as two people's usually are say something: a ghost is faint.
func (r *run) withGhost(p *portrait, c Check) (Check, error) {
	if len(p.faces) < 2 || p.faces[1].Box.Side() < face.DefaultLimits.Portrait {
		return c, nil
	}
	var described [2]face.Descriptor
	for i := range described {
		var err error
		if described[i], err = r.s.faces.Describe(p.img, p.faces[i]); err != nil {
			return Check{}, fmt.Errorf("describe portrait: %w", err)
		}
	}
	distance, err := face.Distance(described[0], described[1])
	if err != nil {
		return Check{}, fmt.Errorf("compare portraits: %w", err)
	}
	same := r.s.faces.Thresholds().Judge(distance) != face.Different
	c.Compared = append(c.Compared, Compared{What: "ghost", Left: p.evidence.ID,
		Right: strconv.FormatFloat(distance, 'f', 3, 64), Same: same, Box: faceBox(p.faces[1].Box, p.img)})
	if !same {
		c.Outcome, c.Reason = Review, "portrait.ghost"
	}
	return c, nil
}

func faceBox(b face.Box, img *image.RGBA) Box {
	return Box{int(b.X), int(b.Y), int(b.Width), int(b.Height)}.within(img.Rect)
}

// checkCapture repeats what the server found when the capture came in.
func (r *run) checkCapture() (Check, error) {
	rows, err := r.s.acceptedCaptures(r.ctx, r.app.ID)
	if err != nil {
		return Check{}, err
	}
	if len(rows) == 0 {
		return Check{Outcome: NotRun, Reason: "evidence.gone"}, nil
	}
	c, err := rows[0].capture()
	if err != nil {
		return Check{}, err
	}
	out := Check{Outcome: c.Outcome}
	if c.Outcome != Pass && len(c.Reasons) > 0 {
		out.Reason = c.Reasons[0]
	}
	return out, nil
}

// checkFace holds the portrait against every usable frame and judges what they
// say together, so that no single frame decides. Far apart is "review" as well: a
// machine never says no. So is every distance of a network that nobody measured.
func (r *run) checkFace() (Check, error) {
	if r.s.faces == nil {
		return Check{Outcome: NotRun, Reason: reasonEngine}, nil
	}
	p, err := r.loadPortrait()
	if err != nil {
		return Check{}, err
	}
	frames := r.frames()
	if p == nil || len(frames) == 0 {
		return Check{Outcome: NotRun, Reason: "evidence.gone"}, nil
	}
	if len(p.faces) == 0 {
		return Check{Outcome: NotRun, Reason: "portrait.missing"}, nil
	}
	wanted, err := r.s.faces.Describe(p.img, p.faces[0])
	if err != nil {
		return Check{}, fmt.Errorf("describe portrait: %w", err)
	}
	compared, distances, err := r.compareFrames(wanted, frames)
	if err != nil {
		return Check{}, err
	}
	if len(distances) == 0 {
		return Check{Outcome: Review, Reason: "face.no-usable-frame"}, nil
	}
	return r.judgeFace(compared, distances), nil
}

// compareFrames gives the distance of each usable frame.
func (r *run) compareFrames(wanted face.Descriptor, frames []Evidence) ([]Compared, []float64, error) {
	images, err := r.pictures(frames)
	if err != nil {
		return nil, nil, err
	}
	var compared []Compared
	var distances []float64
	limits := r.s.faces.Thresholds()
	for i, img := range images {
		a, err := r.s.faces.Assess(img)
		if err != nil {
			return nil, nil, fmt.Errorf("assess frame: %w", err)
		}
		if len(a.Faces) == 0 || !a.Good() {
			continue
		}
		d, err := r.s.faces.Describe(img, a.Faces[0])
		if err != nil {
			return nil, nil, fmt.Errorf("describe frame: %w", err)
		}
		distance, err := face.Distance(wanted, d)
		if err != nil {
			return nil, nil, fmt.Errorf("compare frame: %w", err)
		}
		distances = append(distances, distance)
		compared = append(compared, Compared{What: "frame", Left: frames[i].ID, Right: strconv.FormatFloat(distance, 'f', 3, 64),
			Same: limits.Judge(distance) == face.Same, Box: faceBox(a.Faces[0].Box, img)})
	}
	return compared, distances, nil
}

func (r *run) judgeFace(compared []Compared, distances []float64) Check {
	limits := r.s.faces.Thresholds()
	c := Check{Outcome: Pass, HasScore: true, Compared: compared, Threshold: &limits}
	c.Score, _ = face.Join(distances)
	verdict := limits.Judge(c.Score)
	switch {
	case verdict == face.Same:
		return c
	case !limits.Report.Given():
		c.Reason = "face.no-report"
	case verdict == face.Different:
		c.Reason = "face.mismatch"
	default:
		c.Reason = "face.unsure"
	}
	c.Outcome = Review
	return c
}
