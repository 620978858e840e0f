package mesh

import (
	_ "embed" // the table
	"fmt"
	"strconv"
	"strings"
)

// table is the mean face, one point a line: x, y, z. TestTheMeanFaceIsTheDemoPhotographs
// makes and checks it.
//
//go:embed mean.txt
var table string

var mean = mustRead(table)

// Mean is the mean face seen from the front, left and right alike. Its unit is
// the distance of the outer eye corners, its origin the middle between them,
// its score 1. It is the mean of the meshes of the faces on face-api's demo
// photographs and their mirror images. With a pitch of 0 the top of the
// forehead and the chin are equally far from the camera; people who look
// straight have about -2 in the mean, and up to 8 more or less.
func Mean() Mesh { return mean }

func mustRead(table string) Mesh {
	m, err := readTable(table)
	if err != nil {
		panic(err) // the table is part of the program
	}
	return m
}

func readTable(table string) (Mesh, error) {
	m := Mesh{Score: 1}
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if len(lines) != Points {
		return m, fmt.Errorf("mesh: the mean face has %d points", len(lines))
	}
	for i, line := range lines {
		p := &m.Points[i]
		parts := strings.Fields(line)
		if len(parts) != 3 {
			return m, fmt.Errorf("mesh: line %d of the mean face has %d numbers", i+1, len(parts))
		}
		for k, to := range []*float64{&p.X, &p.Y, &p.Z} {
			v, err := strconv.ParseFloat(parts[k], 64)
			if err != nil {
				return m, fmt.Errorf("mesh: line %d of the mean face: %w", i+1, err)
			}
			*to = v
		}
	}
	return m, nil
}
