package face

import (
	"image"
	"math"
)

// The findings about a picture that is meant to show one face.
const (
	None     = "face.none"
	Several  = "face.several"
	TooSmall = "face.too-small"
	AtEdge   = "face.edge"
	Turned   = "face.turned"
	Dark     = "face.dark"
	Bright   = "face.bright"
	Blurred  = "face.blurred"
	Covered  = "face.covered"
)

// Finding is one thing about a picture that stands in the way of a comparison.
type Finding struct {
	Reason string  // one of the constants above
	Value  float64 // what was measured, in the unit of the limit
	Limit  float64
}

// Assessment is what a picture offers for a comparison. Yaw, pitch and roll
// are the main (largest) face's, in degrees, see Pose.
type Assessment struct {
	Faces            []Face
	Findings         []Finding
	Yaw, Pitch, Roll float64
}

// Good says that nothing was found.
func (a Assessment) Good() bool { return len(a.Findings) == 0 }

// Has says whether a reason is among the findings.
func (a Assessment) Has(reason string) bool {
	for _, f := range a.Findings {
		if f.Reason == reason {
			return true
		}
	}
	return false
}

// Limits say when a picture is not good enough. docs/measurements.md, section
// "Faces", shows how often each finding comes on good and on spoilt pictures.
type Limits struct {
	Side       float64 // shorter side of the face's box, pixels; less is too small
	Portrait   float64 // the same of the portrait on a document
	Second     float64 // another face's side as a share of the main one's; more is several
	Outside    float64 // share of the box's area outside the picture; more is at the edge
	Yaw, Pitch float64 // degrees; more is turned
	Roll       float64
	Low, High  float64 // mean luminance of the inner face, 0 to 255; outside is dark or bright
	Sharpness  float64 // fine detail over contrast, see sharpness; less is blurred
	Eyes       float64 // landmark spread, see spread; more is covered
	Mouth      float64
	Jaw        float64
}

// DefaultLimits suit a selfie or a portrait. The least sides come from comparing
// shrunken pictures: down to 50 pixels the equal error rate stays what it is in
// full size; a selfie has no reason to be as small as that.
var DefaultLimits = Limits{
	Side: 60, Portrait: 50, Second: 0.4, Outside: 0.12,
	Yaw: 30, Pitch: 28, Roll: 35,
	Low: 40, High: 215, Sharpness: 0.10,
	Eyes: 0.040, Mouth: 0.045, Jaw: 0.085,
}

// Assess judges a picture by the DefaultLimits.
func (e *Engine) Assess(img *image.RGBA) (Assessment, error) {
	return e.AssessWith(img, DefaultLimits)
}

// AssessWith judges a picture that is meant to show one face. For a document
// with a second, ghost portrait the caller leaves face.several out of account.
func (e *Engine) AssessWith(img *image.RGBA, l Limits) (Assessment, error) {
	faces, err := e.Find(img)
	if err != nil {
		return Assessment{}, err
	}
	a := Assessment{Faces: faces}
	if len(faces) == 0 {
		a.Findings = []Finding{{Reason: None}}
		// Too little or too much light is the usual cause, and can be told.
		whole := pictureLight(img)
		a.under(Dark, whole, l.Low)
		a.over(Bright, whole, l.High)
		return a, nil
	}
	f := faces[0]
	p := f.Pose()
	a.Yaw, a.Pitch, a.Roll = p.Yaw, p.Pitch, p.Roll
	if len(faces) > 1 {
		a.over(Several, faces[1].Box.Side()/f.Box.Side(), l.Second)
	}
	a.under(TooSmall, f.Box.Side(), l.Side)
	a.over(AtEdge, outside(f.Box, img.Bounds()), l.Outside)
	a.turned(p, l)

	m := AlignDlib.fit(f.Landmarks, qualitySide)
	if s := m.scale(); !(s > 0 && s < 1e4) {
		a.Findings = append(a.Findings, Finding{Reason: Covered})
		return a, nil
	}
	chip := cut(img, m, qualitySide)
	light := luminance(chip)
	a.under(Dark, light.mean, l.Low)
	a.over(Bright, light.mean, l.High)
	a.under(Blurred, light.sharpness(), l.Sharpness)
	// A turned head spreads the landmarks as a cover does.
	if !a.Has(Turned) {
		s, err := e.spread(img, f)
		if err != nil {
			return Assessment{}, err
		}
		a.covered(s, l)
	}
	return a, nil
}

func (a *Assessment) over(reason string, value, limit float64) bool {
	if value > limit {
		a.Findings = append(a.Findings, Finding{reason, value, limit})
	}
	return value > limit
}

func (a *Assessment) under(reason string, value, limit float64) {
	if value < limit {
		a.Findings = append(a.Findings, Finding{reason, value, limit})
	}
}

// turned and covered report once, for the first limit that is passed.
func (a *Assessment) turned(p Pose, l Limits) {
	_ = a.over(Turned, math.Abs(p.Yaw), l.Yaw) ||
		a.over(Turned, math.Abs(p.Pitch), l.Pitch) ||
		a.over(Turned, math.Abs(p.Roll), l.Roll)
}

func (a *Assessment) covered(s spread, l Limits) {
	_ = a.over(Covered, s.eyes, l.Eyes) ||
		a.over(Covered, s.mouth, l.Mouth) ||
		a.over(Covered, s.jaw, l.Jaw)
}

// outside is the share of a box's area that lies beyond the picture.
func outside(b Box, r image.Rectangle) float64 {
	w := math.Min(b.X+b.Width, float64(r.Dx())) - math.Max(b.X, 0)
	h := math.Min(b.Y+b.Height, float64(r.Dy())) - math.Max(b.Y, 0)
	if w <= 0 || h <= 0 || b.area() <= 0 {
		return 1
	}
	return 1 - w*h/b.area()
}
