package puppet

import "math"

// Pose is how the head is held at one moment. The zero value is the portrait.
type Pose struct {
	Yaw, Pitch, Roll float64    // degrees; + to the person's own left, up, own left shoulder. Beyond 25 hair and ears smear
	Closer           float64    // how much larger than in the portrait, 0.25 is a quarter
	Smile            float64    // 0 none to 1 broad
	Lids             float64    // 0 open to 1 closed
	X, Y             float64    // pixels by which the camera has swayed
	Light            [3]float64 // share of red, green and blue light added by a screen, of the light that is there
}

// With is a pose on top of another; the light of the two adds up.
func (p Pose) With(q Pose) Pose {
	return Pose{p.Yaw + q.Yaw, p.Pitch + q.Pitch, p.Roll + q.Roll, p.Closer + q.Closer, math.Max(p.Smile, q.Smile), math.Max(p.Lids, q.Lids), p.X + q.X, p.Y + q.Y,
		[3]float64{p.Light[0] + q.Light[0], p.Light[1] + q.Light[1], p.Light[2] + q.Light[2]}}
}

// posed gives where every vertex is seen, and how deep.
func (p *Puppet) posed(pose Pose) []vertex {
	yaw, pitch, roll := pose.Yaw*math.Pi/180, pose.Pitch*math.Pi/180, pose.Roll*math.Pi/180
	sy, cy := math.Sincos(yaw)
	sp, cp := math.Sincos(pitch)
	sr, cr := math.Sincos(roll)
	moved := append([]vertex(nil), p.vertices...)
	p.smile(moved, pose.Smile)
	// In the portrait the camera stood at reach; coming closer changes the perspective as well.
	far := reach * p.io
	near := far / (1 + pose.Closer)
	for i, v := range moved {
		if v.weight == 0 {
			continue
		}
		x, y, z := v.x-p.pivot.x, v.y-p.pivot.y, v.z-p.pivot.z
		// Undo the perspective that the portrait was taken with, turn, take it anew.
		flat := (far + z) / far
		x, y = x*flat, y*flat
		x, y = x*cr-y*sr, x*sr+y*cr
		y, z = y*cp+z*sp, -y*sp+z*cp
		x, z = x*cy-z*sy, x*sy+z*cy
		scale := far / (near + z)
		seen := vertex{x: p.pivot.x + x*scale, y: p.pivot.y + y*scale, z: z}
		// Who comes closer stays in the middle of the picture.
		seen.y += 1.1 * p.io * pose.Closer
		moved[i].x += v.weight * (seen.x - v.x)
		moved[i].y += v.weight * (seen.y - v.y)
		moved[i].z = seen.z + p.pivot.z
	}
	return moved
}

// smile draws the corners of the mouth outwards and up, and the cheeks a little.
func (p *Puppet) smile(moved []vertex, strength float64) {
	if strength == 0 {
		return
	}
	wide := 0.16 * p.io
	for side, corner := range p.mouth {
		c, out := p.vertices[corner], float64(2*side-1)
		for i, v := range moved[:faceVertices] {
			d := math.Hypot(v.x-c.x, v.y-c.y) / wide
			g := strength * math.Exp(-d*d/2)
			cheek := math.Hypot(v.x-c.x-out*0.1*p.io, v.y-c.y+0.4*p.io) / wide
			moved[i].x += out * g * 0.075 * p.io
			moved[i].y -= g*0.055*p.io + 0.02*p.io*strength*math.Exp(-cheek*cheek/2)
		}
	}
}

const faceVertices = 468
