package sellers

import (
	"fmt"
	"image"
	"strconv"

	"truepenny/internal/biometrics/face"
)

// checkPortrait asks for one face on the document that is large enough. Many
// documents show it twice, the second time small and faint: where that is large
// enough to be compared it must be the same face.
func (r *run) checkPortrait() (Check, error) {
	if r.s.faces == nil {
		return Check{Outcome: NotRun, Reason: reasonEngine}, nil
	}
	front, p, found, err := r.loadPortrait()
	if err != nil {
		return Check{}, err
	}
	switch {
	case !found:
		return Check{Outcome: NotRun, Reason: "evidence.gone"}, nil
	case p == nil:
		return Check{Outcome: Review, Reason: "portrait.missing"}, nil
	}
	side, least := p.Face.Box.Side(), face.DefaultLimits.Portrait
	c := Check{Outcome: Pass, Compared: []Compared{{What: "portrait", Left: front.ID,
		Right: strconv.Itoa(int(side)), Same: side >= least, Box: p.Box}}}
	if side < least {
		c.Outcome, c.Reason = Review, "portrait.small"
		return c, nil
	}
	return r.withGhost(front, *p, c), nil
}

// withGhost holds the portrait against the document's second one. Only faces as
// far apart as two people's usually are say something: a ghost is faint.
func (r *run) withGhost(front Evidence, p portrait, c Check) Check {
	if p.Ghost == nil {
		return c
	}
	same := r.s.faces.Thresholds().Judge(p.Ghost.Distance) != face.Different
	c.Compared = append(c.Compared, Compared{What: "ghost", Left: front.ID,
		Right: strconv.FormatFloat(p.Ghost.Distance, 'f', 3, 64), Same: same, Box: p.Ghost.Box})
	if !same {
		c.Outcome, c.Reason = Review, "portrait.ghost"
	}
	return c
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
	_, p, found, err := r.loadPortrait()
	if err != nil {
		return Check{}, err
	}
	frames := r.frames()
	if !found || len(frames) == 0 {
		return Check{Outcome: NotRun, Reason: "evidence.gone"}, nil
	}
	if p == nil {
		return Check{Outcome: NotRun, Reason: "portrait.missing"}, nil
	}
	wanted, err := r.describePortrait(p)
	if err != nil {
		return Check{}, err
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
