package liveness

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
)

// tracker follows the face from frame to frame. The detector costs more than
// following, so it looks at the start, after a loss, a jump or a cut, and about
// once a second: the mesh network sees a face in whatever lies in its square.
type tracker struct {
	engines  Engines
	last     *mesh.Mesh
	lastAt   time.Duration
	straight float64 // rough yaw of the first frame, degrees
	faces    int
	looked   time.Duration // when the detector last looked
	looks    int
	begun    bool
	cuts     sudden
}

const (
	lookEvery  = time.Second
	lookLost   = 150 * time.Millisecond // while there is no face
	lookAside  = 300 * time.Millisecond // while the head is turned: turned faces are compared too
	aside      = 14                     // degrees of rough yaw
	faceScore  = 0.5                    // of the mesh network
	beside     = 0.5                    // of the main face's side: from here another face counts
	jump       = 0.35                   // io between two frames: nobody moves so fast
	jumpWithin = 200 * time.Millisecond
)

// follow finds the face of a frame. It looks with the detector where that is
// due, and then also gives the face for describing.
func (t *tracker) follow(s *sight) error {
	before := t.last
	t.last = nil
	if before != nil {
		m, err := t.engines.Mesh.Follow(s.img, *before)
		if err := unless(err, mesh.ErrFace); err != nil {
			return err
		}
		if err == nil && m.Score >= faceScore {
			t.last = &m
		}
	}
	cut := t.cuts.cut(s.img, squareOf(before))
	if t.due(before, s.obs.At, cut) {
		if err := t.look(s); err != nil {
			return err
		}
	}
	t.lastAt = s.obs.At
	if t.last == nil {
		return nil
	}
	s.mesh, s.obs.Faces = t.last, t.faces
	return nil
}

// due says whether the detector has to look.
func (t *tracker) due(before *mesh.Mesh, at time.Duration, cut bool) bool {
	if t.looks == 0 || cut || before != nil && t.last == nil {
		return true
	}
	if t.last == nil {
		return at-t.looked >= lookLost
	}
	every := lookEvery
	if math.Abs(roughYaw(t.last)-t.straight) >= aside {
		every = lookAside
	}
	return at-t.looked >= every || at-t.lastAt < jumpWithin && moved(before, t.last) > jump
}

// look counts the faces, and takes the largest where no face was followed or
// the followed mesh has wandered off it.
func (t *tracker) look(s *sight) error {
	faces, err := t.engines.Face.Find(s.img)
	if err != nil {
		return err
	}
	t.looked = s.obs.At
	t.looks++
	if len(faces) == 0 {
		return nil // turned far away, the mesh may still hold it
	}
	t.faces = count(faces)
	main := faces[0]
	if t.last == nil || !holds(main.Box, t.last) {
		m, err := t.engines.Mesh.Fit(s.img, main)
		if err != nil || m.Score < faceScore {
			return unless(err, mesh.ErrFace) // a face that carries no mesh is none
		}
		t.last = &m
	}
	if !t.begun {
		t.begun, t.straight = true, roughYaw(t.last)
	}
	s.face = &main
	return nil
}

// count is the number of faces, without small ones beside the main one.
func count(faces []face.Face) int {
	n := 0
	for _, f := range faces {
		if f.Box.Side() >= beside*faces[0].Box.Side() {
			n++
		}
	}
	return n
}

// Places on the mesh: the outer eye corners and the bridge of the nose.
const (
	rightEye, leftEye, bridge = 33, 263, 6
)

// roughYaw is the direction of the line through the eyes, in degrees. It is
// known at once and only says when to look.
func roughYaw(m *mesh.Mesh) float64 {
	r, l := m.Points[rightEye], m.Points[leftEye]
	return math.Atan2(r.Z-l.Z, math.Hypot(l.X-r.X, l.Y-r.Y)) * 180 / math.Pi
}

// moved is how far the face went, in distances of the outer eye corners.
func moved(before, now *mesh.Mesh) float64 {
	if before == nil {
		return 0
	}
	a, b := before.Points[bridge], now.Points[bridge]
	r, l := now.Points[rightEye], now.Points[leftEye]
	return math.Hypot(b.X-a.X, b.Y-a.Y) / max(1, math.Hypot(l.X-r.X, l.Y-r.Y))
}

// squareOf is the part of the picture around a mesh.
func squareOf(m *mesh.Mesh) image.Rectangle {
	if m == nil {
		return image.Rectangle{}
	}
	r, l, p := m.Points[rightEye], m.Points[leftEye], m.Points[bridge]
	io := math.Hypot(l.X-r.X, l.Y-r.Y)
	return image.Rect(int(p.X-io), int(p.Y-0.8*io), int(p.X+io), int(p.Y+1.2*io))
}

// holds says whether a mesh lies on a box.
func holds(b face.Box, m *mesh.Mesh) bool {
	p := m.Points[bridge]
	return p.X > b.X && p.X < b.X+b.Width && p.Y > b.Y-b.Height/2 && p.Y < b.Y+b.Height
}
